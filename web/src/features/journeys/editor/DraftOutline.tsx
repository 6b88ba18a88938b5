import { type ComponentProps, useMemo, useState } from 'react';
import { createLiveStore, LiveContext } from '../live/liveStore';
import { useLiveStatistics } from '../live/useLiveStatistics';
import { Outline } from '../outline/Outline';

type Props = ComponentProps<typeof Outline> & { running: boolean };

/** The outline of a draft. Of one whose journey runs it tells who waits and has passed, as points that both have are the same. */
export function DraftOutline({ running, ...outline }: Props) {
  return running ? <WithFigures {...outline} /> : <Outline {...outline} />;
}

function WithFigures(outline: ComponentProps<typeof Outline>) {
  const [store] = useState(createLiveStore);
  const { start, id } = outline.journey;
  const starts = useMemo(() => start.map(({ id, next }) => ({ id, next })), [start]);
  useLiveStatistics(store, id, starts, { version: undefined, since: undefined });
  return (
    <LiveContext.Provider value={store}>
      <Outline {...outline} figures />
    </LiveContext.Provider>
  );
}
