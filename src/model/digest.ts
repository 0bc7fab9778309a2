/** SHA-256 of the text in hexadecimal. node:crypto is loaded by the first call: most runs make none, and it is a fortieth of their start. */
export function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}
