/** Where to go after signing in: never to another host, so only what begins with one slash. */
export function ownPath(back: string | null): string {
  return back && /^\/(?![/\\])[^\\]*$/.test(back) && !hasControl(back) && !back.startsWith('/sign-in') ? back : '/';
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}
