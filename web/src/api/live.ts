import { create } from 'zustand';

/** Whether the server tells by itself what moves. As long as it does, nothing has to be asked for again and again. */
export const useLiveLine = create<{ connected: boolean; lostAt: number | undefined }>(() => ({
  connected: false,
  lostAt: undefined,
}));
