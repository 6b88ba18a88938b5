import { useEffect, useState } from 'react';
import { openEventStream } from '@/lib/eventStream';

/** Somebody who has the draft open. */
export interface Reader {
  email: string;
  name?: string;
}

/** Who else has this draft open; that I have it open is told by asking. Nobody, for as long as the server cannot be heard. */
export function useDraftReaders(journey: string, me: string): readonly Reader[] {
  const [readers, setReaders] = useState<readonly Reader[]>([]);
  useEffect(() => {
    const stream = openEventStream(`/api/v1/journeys/${encodeURIComponent(journey)}/readers`, {
      on: { readers: (data) => setReaders(data as Reader[]) },
      onConnected: (connected) => !connected && setReaders([]),
    });
    return () => stream.close();
  }, [journey]);
  return readers.filter(({ email }) => email !== me);
}
