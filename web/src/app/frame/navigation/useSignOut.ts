import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, take } from '@/api/client';

/** Ends the session here and on the server; nothing of it stays in the browser's memory. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => take(api.DELETE('/api/v1/session')),
    onSuccess: async () => {
      await navigate('/sign-in', { replace: true });
      client.clear();
    },
  });
}
