import { Button } from '@mantine/core';
import { IconFlag3, IconFlagCheck } from '@tabler/icons-react';
import { useSay } from '@/lib/say';
import classes from './Editor.module.css';

/** In a journey with stages: what no line leads to, a further stage, and an end by a value of the property. */
export function AddStage({ onAdd }: { onAdd: (kind: 'stage' | 'end') => void }) {
  const { t } = useSay();
  return (
    <div className={classes.addStage}>
      <Button variant="default" size="xs" leftSection={<IconFlag3 size={15} aria-hidden />} onClick={() => onAdd('stage')}>
        {t('map.stages.add')}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconFlagCheck size={15} aria-hidden />} onClick={() => onAdd('end')}>
        {t('map.stages.addEnd')}
      </Button>
    </div>
  );
}
