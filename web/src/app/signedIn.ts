import { type LoaderFunctionArgs, redirect } from 'react-router';
import { sessionQuery } from '@/api/session';
import { queryClient } from './queryClient';

/** Lets into the frame whoever is signed in; others sign in first, and come back to where they wanted to go. */
export async function signedIn({ request }: LoaderFunctionArgs) {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session.signedIn) return null;
  if (session.needsSetUp) return redirect('/set-up');
  const { pathname, search } = new URL(request.url);
  return redirect(pathname === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(pathname + search)}`);
}
