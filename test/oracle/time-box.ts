/** Whether a run may begin something more: `GWMIGRATE_ORACLE_MINUTES` (25) bounds each half, from the first question on. */
export function timeBox(): () => boolean {
  const minutes = Number(process.env['GWMIGRATE_ORACLE_MINUTES'] ?? 25);
  const end = Date.now() + minutes * 60_000;
  return () => Date.now() < end;
}
