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
/** What a window says when it begins to listen. */
const hello = 'hello';

type Told = { connected: boolean } | { name: string; data: unknown };

/**
 * Listens to `address`. A browser opens six connections to a server and no more, for all its windows: those that listen to the same share
 * one line, and one that nobody sees gives its line back. When it is looked at again it is told what it missed, since each stream begins
 * with what is there.
 */
export function openEventStream(address: string, { on, onConnected }: Listeners): EventStream {
  const take = (told: Told) => ('name' in told ? on[told.name]?.(told.data) : onConnected(told.connected));
  const join = () => share(address, Object.keys(on), take);
  let leave: (() => void) | undefined;
  const look = () => {
    if (document.hidden) {
      leave?.();
      leave = undefined;
    } else leave ??= join();
  };

  document.addEventListener('visibilitychange', look);
  look();
  return {
    close: () => {
      document.removeEventListener('visibilitychange', look);
      leave?.();
    },
  };
}

/**
 * The window that holds the lock has the line, and tells the others what comes; when it goes, the next gets the lock. Browsers know locks
 * only where the address is safe (https, or this machine): elsewhere each window has a line of its own.
 */
function share(address: string, names: string[], take: (told: Told) => void): () => void {
  if (!navigator.locks || !('BroadcastChannel' in window)) return openLine(address, names, take).close;
  const name = `parcours ${address}`;
  const others = new BroadcastChannel(name);
  const away = new AbortController();
  let line: Line | undefined;
  let release: (() => void) | undefined;
  others.onmessage = ({ data }: MessageEvent<Told | typeof hello>) => {
    if (data !== hello) take(data);
    // Who has come needs what is there, with which every line begins.
    else line?.again();
  };
  others.postMessage(hello);
  const held = navigator.locks.request(name, { signal: away.signal }, () => {
    line = openLine(address, names, (told) => {
      take(told);
      others.postMessage(told);
    });
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  // Given up before it was its turn.
  held.catch(() => undefined);
  return () => {
    away.abort();
    line?.close();
    others.close();
    release?.();
  };
}

interface Line {
  again: () => void;
  close: () => void;
}

function openLine(address: string, names: string[], tell: (told: Told) => void): Line {
  let source: EventSource | undefined;
  let timer: number | undefined;
  const close = () => {
    window.clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const again = () => {
    close();
    const opened = new EventSource(address);
    source = opened;
    opened.addEventListener('open', () => tell({ connected: true }));
    opened.addEventListener('error', () => {
      tell({ connected: false });
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(again, againMs);
    });
    for (const name of names)
      opened.addEventListener(name, (event) => tell({ name, data: JSON.parse((event as MessageEvent<string>).data) }));
  };
  again();
  return { again, close };
}
