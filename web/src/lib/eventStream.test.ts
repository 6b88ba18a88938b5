import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openEventStream } from './eventStream';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: FakeSource[] = [];
  readyState = 0;
  constructor() {
    super();
    FakeSource.opened.push(this);
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
  tell(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
}

const look = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  FakeSource.opened = [];
  vi.stubGlobal('EventSource', FakeSource);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const open = () => {
  const heard: unknown[] = [];
  const connected: boolean[] = [];
  const stream = openEventStream('/live', {
    on: { journeys: (data) => heard.push(data) },
    onConnected: (now) => connected.push(now),
  });
  return { stream, heard, connected };
};

it('tells what comes, and that it comes', () => {
  const { heard, connected, stream } = open();
  FakeSource.opened[0]?.dispatchEvent(new Event('open'));
  FakeSource.opened[0]?.tell('journeys', { a: 1 });

  expect(heard).toEqual([{ a: 1 }]);
  expect(connected).toEqual([true]);
  stream.close();
});

it('gives its line back while nobody looks, and opens another when somebody does', () => {
  const { stream } = open();
  look(true);
  expect(FakeSource.opened[0]?.readyState).toBe(FakeSource.CLOSED);
  look(false);

  expect(FakeSource.opened).toHaveLength(2);
  stream.close();
  look(false);
  expect(FakeSource.opened).toHaveLength(2);
});

it('tries again where the server refused it', () => {
  const { stream, connected } = open();
  FakeSource.opened[0]?.close();
  FakeSource.opened[0]?.dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(5_000);

  expect(connected).toEqual([false]);
  expect(FakeSource.opened).toHaveLength(2);
  stream.close();
});

/** Windows of one browser: a channel between them, and locks that one has at a time. */
function stubBrowser() {
  const channels = new Set<FakeChannel>();
  class FakeChannel {
    onmessage?: (event: { data: unknown }) => void;
    readonly name: string;
    constructor(name: string) {
      this.name = name;
      channels.add(this);
    }
    postMessage(data: unknown) {
      for (const other of channels) if (other !== this && other.name === this.name) other.onmessage?.({ data });
    }
    close() {
      channels.delete(this);
    }
  }
  const queue: (() => Promise<void>)[] = [];
  const next = () => void queue[0]?.().then(() => queue.shift() && next());
  vi.stubGlobal('BroadcastChannel', FakeChannel);
  vi.spyOn(globalThis, 'navigator', 'get').mockReturnValue({
    locks: {
      request: (_: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>) => {
        const turn = () => (signal.aborted ? Promise.resolve() : hold());
        if (queue.push(turn) === 1) next();
        return Promise.resolve();
      },
    },
  } as unknown as Navigator);
}

it('shares one line among the windows of a browser', async () => {
  stubBrowser();
  const first = open();
  const second = open();
  // The line begins anew for whoever comes: once for the first, once for the second.
  expect(FakeSource.opened.map(({ readyState }) => readyState)).toEqual([FakeSource.CLOSED, 0]);
  FakeSource.opened[1]?.dispatchEvent(new Event('open'));
  FakeSource.opened[1]?.tell('journeys', { a: 1 });
  expect([first.heard, second.heard]).toEqual([[{ a: 1 }], [{ a: 1 }]]);
  expect([first.connected, second.connected]).toEqual([[true], [true]]);

  first.stream.close();
  await vi.waitFor(() => expect(FakeSource.opened).toHaveLength(3));
  FakeSource.opened[2]?.tell('journeys', { a: 2 });
  expect(second.heard).toEqual([{ a: 1 }, { a: 2 }]);
  expect(first.heard).toEqual([{ a: 1 }]);
  second.stream.close();
});
