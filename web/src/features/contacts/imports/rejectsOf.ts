/** Where the bad rows of an import lie, all or those of one reason, with their reasons in the reader's language. */
export function rejectsOf(id: string, language: string, of?: { code: string; column: string }): string {
  const query = new URLSearchParams({ ...(of && { reason: of.code, column: of.column }), language });
  return `/api/v1/imports/${encodeURIComponent(id)}/rejects?${query}`;
}
