import { expect, it } from 'vitest';
import { type Inbox, newlyTold, type Told, whoIs } from './useInbox';

const told = (id: string, readAt?: string): Told => ({ id, text: id, at: '2026-03-02T09:00:00Z', readAt }) as Told;
const inbox = (...newest: Told[]): Inbox => ({ unread: newest.length, newest, tasks: { open: 0, overdue: 0 } });

it('tells of what is new and not read, and of nothing at the first look', () => {
  expect(newlyTold(undefined, inbox(told('a')))).toEqual([]);
  expect(newlyTold(inbox(told('a')), inbox(told('c', 'read'), told('b'), told('a'))).map(({ id }) => id)).toEqual(['b']);
});

it('calls a contact by the best name that there is', () => {
  expect(whoIs({ ...told('a'), contact: { id: '0199a1b2-0000', name: null, email: 'ada@example.org' } as Told['contact'] })).toBe(
    'ada@example.org',
  );
  expect(whoIs(told('a'))).toBeNull();
});
