import { Modal } from '@mantine/core';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { FailedList } from './FailedList';
import { useLive } from './liveStore';

interface Props {
  journey: Journey;
  telling: Telling;
  newest: number;
  running: boolean;
  onClose: () => void;
}

/** Everybody who failed in the journey, at whatever point. */
export function Failures({ journey, telling, newest, running, onClose }: Props) {
  const { t } = useSay();
  const count = useLive((state) => [...state.points.values()].reduce((sum, { failed }) => sum + (failed ?? 0), 0));
  return (
    <Modal opened onClose={onClose} size="lg" title={t('map.failed.title')} closeButtonProps={{ 'aria-label': t('map.close') }}>
      <FailedList journey={journey} telling={telling} count={count} newest={newest} running={running} />
    </Modal>
  );
}
