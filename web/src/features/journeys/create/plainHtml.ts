/** What somebody wrote as plain text, as a mail: a paragraph for each, and the way out below. Places for properties stay as they are. */
export function plainHtml(text: string, unsubscribe: string): string {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`);
  return [...paragraphs, `<p><a href="{{links.unsubscribe}}">${escaped(unsubscribe)}</a></p>`].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
