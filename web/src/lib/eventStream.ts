/** A stream of server-sent events that is open while somebody looks at the page. */
export interface EventStream {
  close: () => void;
}

interface Listeners {
  /** By name of the event; what comes is JSON. */
  on: Record<string, (data: unknown) => void>;
  /** Whether events come at present. */
  onConnected: (connected: boolean) => void;
}

/** A browser mends a line that breaks; one that the server refuses is tried again after this. */
const againMs = 5_000;

/**
 * Listens to `address`. A browser opens six connections to a server and no more, for all its tabs: one that nobody sees gives its line back,
 * and is told what it missed when it is looked at again, since each stream begins with what is there.
 */
export function openEventStream(address: string, { on, onConnected }: Listeners): EventStream {
  let source: EventSource | undefined;
  let timer: number | undefined;

  const stop = () => {
    window.clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const start = () => {
    stop();
    const opened = new EventSource(address);
    source = opened;
    opened.addEventListener('open', () => onConnected(true));
    opened.addEventListener('error', () => {
      onConnected(false);
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(start, againMs);
    });
    for (const [name, hear] of Object.entries(on))
      opened.addEventListener(name, (event) => hear(JSON.parse((event as MessageEvent<string>).data)));
  };
  const look = () => {
    if (document.hidden) stop();
    else if (!source) start();
  };

  document.addEventListener('visibilitychange', look);
  look();
  return {
    close: () => {
      document.removeEventListener('visibilitychange', look);
      stop();
    },
  };
}
