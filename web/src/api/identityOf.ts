/** What somebody typed, as the identity that it looks like. */
export function identityOf(search: string): { email?: string; phone?: string; userId?: string } {
  const text = search.trim();
  if (!text) return {};
  if (text.includes('@')) return { email: text };
  return /^\+[\d\s().-]{6,}$/.test(text) ? { phone: text.replaceAll(/[^\d+]/g, '') } : { userId: text };
}
