import type { Task } from './useTasks';

export const TASK_ORDERS = ['due', 'priority', 'newest'] as const;
export type TaskOrder = (typeof TASK_ORDERS)[number];

const weight = { high: 0, normal: 1, low: 2 };
/** Later than any that is due. */
const never = '9999';

/** By due date as the server sorts them, by how much they matter, or the newest first. */
export function sortTasks(tasks: readonly Task[], order: TaskOrder): Task[] {
  const sorted = [...tasks];
  switch (order) {
    case 'priority':
      return sorted.sort((a, b) => weight[a.priority] - weight[b.priority] || (a.due ?? never).localeCompare(b.due ?? never));
    case 'newest':
      return sorted.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    default:
      return sorted;
  }
}
