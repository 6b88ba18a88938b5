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
