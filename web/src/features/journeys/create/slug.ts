const LENGTH_MAX = 56;

/** What a name becomes in an address: lower-case letters, digits and hyphens; room is left for a number. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LENGTH_MAX)
    .replaceAll(/^-+|-+$/g, '');
  return plain || 'journey';
}
