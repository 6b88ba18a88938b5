import { useRouteError } from 'react-router';
import { Failure } from '@/ui/Failure';

/** A page that broke: what happened, and a way on. */
export function RouteError() {
  return <Failure error={useRouteError()} onRetry={() => window.location.reload()} />;
}
