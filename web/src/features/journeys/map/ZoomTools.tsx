import { ActionIcon, Group } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import classes from './ZoomTools.module.css';

const percent = (state: ReactFlowState) => Math.round(state.transform[2] * 100);

export function ZoomTools({ onFit }: { onFit: () => void }) {
  const { t } = useSay();
  const { share } = useFormats();
  const flow = useReactFlow();
  const zoom = useStore(percent);
  return (
    <Group className={classes.bar} gap={2} wrap="nowrap" role="group" aria-label={t('map.zoom.label')}>
      <ActionIcon size={28} aria-label={t('map.zoom.out')} onClick={() => void flow.zoomOut({ duration: 180 })}>
        <IconMinus size={16} />
      </ActionIcon>
      <button
        type="button"
        className={classes.percent}
        aria-label={t('map.zoom.full', { percent: zoom })}
        onClick={() => void flow.zoomTo(1, { duration: 180 })}
      >
        {share(zoom, 100)}
      </button>
      <ActionIcon size={28} aria-label={t('map.zoom.in')} onClick={() => void flow.zoomIn({ duration: 180 })}>
        <IconPlus size={16} />
      </ActionIcon>
      <span className={classes.rule} />
      <ActionIcon size={28} aria-label={t('map.zoom.fit')} onClick={onFit}>
        <IconMaximize size={16} />
      </ActionIcon>
    </Group>
  );
}
