import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { type Import, isUnderWay } from '@/api/imports';
import { ProblemError } from '@/api/problem';
import { toldWork } from '@/api/work';

export type Wishes = Partial<Schemas['ImportWishes']>;

/** One import, followed while it is under way. */
export function useImport(id: string | undefined) {
  return useQuery<Import, ProblemError>({
    queryKey: ['imports', id],
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : 500),
    queryFn: ({ signal }) => take(api.GET('/api/v1/imports/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });
}

/** Sends the file: large ones take their time, so how much has gone is told. */
export function useSendImport(onProgress: (share: number) => void) {
  const client = useQueryClient();
  return useMutation<Import, ProblemError, { file: File; kind: Import['kind']; wishes: Wishes }>({
    mutationFn: ({ file, kind, wishes }) => send(file, kind, wishes, onProgress),
    onSuccess: ({ id, wishes }) => {
      // A trial writes nothing, and its page tells what it found: nobody is told that it is done.
      if (wishes.dryRun) toldWork.add(id);
      return client.invalidateQueries({ queryKey: ['imports'], exact: true });
    },
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
