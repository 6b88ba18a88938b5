import { api, type Schemas, take } from './client';

/** A file of contacts, in the reader's way of writing lists. The browser saves it as it comes, so it may be as long as it likes. */
export async function exportContacts(whom: Omit<Schemas['ExportBody'], 'delimiter'>, language: string): Promise<void> {
  const { file } = await take(api.POST('/api/v1/contacts/exports', { body: { ...whom, delimiter: delimiterOf(language) } }));
  const link = document.createElement('a');
  link.href = file;
  link.download = '';
  link.click();
}

/** Spreadsheets divide by semicolons where numbers are written with a comma. */
export function delimiterOf(language: string): 'comma' | 'semicolon' {
  return new Intl.NumberFormat(language).format(0.5).includes(',') ? 'semicolon' : 'comma';
}
