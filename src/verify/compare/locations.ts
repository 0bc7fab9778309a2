/** A URL without a path asks for `/`; names know no letter case. */
export function plainLocation(location: string): string {
  const authority = /^[a-z]+:\/\/[^/?#]+/iu.exec(location)?.[0] ?? '';
  const rest = location.slice(authority.length);
  return authority.toLowerCase() + (authority !== '' && !rest.startsWith('/') ? `/${rest}` : rest);
}
