import { expect, it } from 'vitest';
import { sortTasks } from './taskOrder';
import type { Task } from './useTasks';

const task = (id: string, priority: Task['priority'], due: string | null, createdAt: string) =>
  ({ id, priority, due, createdAt }) as Task;
const tasks = [task('a', 'low', '2026-03-01', '1'), task('b', 'high', null, '3'), task('c', 'high', '2026-03-02', '2')];
const ids = (all: Task[]) => all.map(({ id }) => id);

it('sorts by how much they matter, and among equals what is due before what is not', () => {
  expect(ids(sortTasks(tasks, 'priority'))).toEqual(['c', 'b', 'a']);
});

it('sorts the newest first, or leaves them as the server sorted them', () => {
  expect(ids(sortTasks(tasks, 'newest'))).toEqual(['b', 'c', 'a']);
  expect(ids(sortTasks(tasks, 'due'))).toEqual(['a', 'b', 'c']);
});
