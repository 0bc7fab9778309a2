const form = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;

/** Whether a text is a day that exists, written as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!form.test(text)) return false;
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** Whether a permission given until a day is over. The day itself still counts; days compare as text. Without a `today`, nothing is ever over. */
export function isOver(expires: string | undefined, today: string | undefined): boolean {
  return expires !== undefined && today !== undefined && today > expires;
}
