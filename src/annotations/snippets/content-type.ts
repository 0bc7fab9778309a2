/** Of the names nginx knows, those that somebody would write an answer of a snippet for. Source: https://github.com/nginx/nginx/blob/release-1.27.1/conf/mime.types */
const types: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html'],
  ['htm', 'text/html'],
  ['css', 'text/css'],
  ['xml', 'text/xml'],
  ['js', 'application/javascript'],
  ['json', 'application/json'],
  ['txt', 'text/plain'],
  ['svg', 'image/svg+xml'],
]);

/** Type of a text that nginx answers with: the ending of the path decides, then default_type. Source: ngx_http_set_content_type */
export function contentTypeOf(path: string, defaultType: string): string {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return types.get(ending) ?? defaultType;
}
