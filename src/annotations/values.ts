export { hasForm, normaliseText, parseBoolean, parseInteger, parseSizeBytes } from '../nginx/values.ts';
