/** The nonce that the server put into this answer: style sheets made at run time must show it (content security policy). */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
