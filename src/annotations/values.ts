export { hasForm, normaliseText, parseBoolean, parseInteger } from '../nginx/values.ts';
