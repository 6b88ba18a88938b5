import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { type Import, isUnderWay } from '@/api/imports';
import { ProblemError } from '@/api/problem';

export type Wishes = Partial<Schemas['ImportWishes']>;

/** One import, followed while it is under way. */
export function useImport(id: string) {
  return useQuery<Import, ProblemError>({
    queryKey: ['imports', id],
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : 500),
    queryFn: ({ signal }) => take(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
  });
}

/** Sends the file to be looked at: large ones take their time, so how much has gone is told. */
export function useSendImport(onProgress: (share: number) => void) {
  const client = useQueryClient();
  return useMutation<Import, ProblemError, { file: File; kind: Import['kind']; wishes: Wishes }>({
    mutationFn: ({ file, kind, wishes }) => send(file, kind, { ...wishes, dryRun: true }, onProgress),
    onSuccess: (sent) => client.setQueryData(['imports', sent.id], sent),
  });
}

/** Looks at the file that was sent in another way. */
export function useCheckImport(id: string) {
  return useAnew(id, (wishes) =>
    take(api.POST('/api/v1/imports/{id}/check', { params: { path: { id } }, body: wishes as Schemas['ImportWishes'] })),
  );
}

/** Takes the file in that was sent and looked at. */
export function useStartImport(id: string) {
  return useAnew(id, (wishes) =>
    take(api.POST('/api/v1/imports/{id}/start', { params: { path: { id } }, body: wishes as Schemas['ImportWishes'] })),
  );
}

function useAnew(id: string, order: (wishes: Wishes) => Promise<Import>) {
  const client = useQueryClient();
  return useMutation<Import, ProblemError, Wishes>({
    mutationFn: async (wishes) => {
      const begun = await order(wishes);
      // What was asked before may still be on its way, and tells of a look that is over.
      await client.cancelQueries({ queryKey: ['imports', id] });
      client.setQueryData(['imports', id], begun);
      return begun;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}

// fetch cannot tell how much of a body has gone; XMLHttpRequest can.
function send(file: File, kind: Import['kind'], wishes: Wishes, onProgress: (share: number) => void): Promise<Import> {
  const form = new FormData();
  form.append('kind', kind);
  form.append('options', JSON.stringify(wishes));
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/imports');
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(ProblemError.unreachable(null));
    request.onload = () => {
      const answer = new Response(request.responseText, {
        status: request.status,
        headers: { 'content-type': request.getResponseHeader('content-type') ?? '' },
      });
      if (answer.ok) resolve(JSON.parse(request.responseText) as Import);
      else void ProblemError.of(answer).then(reject);
    };
    request.send(form);
  });
}
