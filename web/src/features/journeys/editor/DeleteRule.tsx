import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import { exitsOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { applyEdit } from '../edit/applyEdit';
import type { Kept } from '../edit/edits';
import { branchNameOf, cardOf } from '../points/catalogue';

/** A rule holds lines together: which of them stays is asked once. */
export function DeleteRule({
  id,
  journey,
  telling,
  onDelete,
  onClose,
}: {
  id: string;
  journey: Journey;
  telling: Telling;
  onDelete: (keep: Kept) => void;
  onClose: () => void;
}) {
  const { t } = useSay();
  const point = journey.points[id];
  const exits = point ? exitsOf(point) : [];
  const [keep, setKeep] = useState<Kept>(exits[0]?.field ?? 'none');
  const goes = (kept: Kept) => {
    const done = applyEdit(journey, { kind: 'delete', ids: [id], keep: { [id]: kept } });
    return 'journey' in done ? Object.keys(journey.points).length - Object.keys(done.journey.points).length - 1 : 0;
  };
  const option = (kept: Kept, label: string) => {
    const count = goes(kept);
    return (
      <Radio
        key={kept}
        value={kept}
        label={label}
        description={count === 0 ? t('map.delete.goesNothing') : t('map.delete.goes', { count })}
      />
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('map.delete.question', { point: cardOf(journey, id, telling).title })}
      closeButtonProps={{ 'aria-label': t('map.close') }}
    >
      <Radio.Group label={t('map.delete.which')} value={keep} onChange={setKeep}>
        <Stack gap={10} mt={8}>
          {exits.map((exit) => option(exit.field, t('map.delete.keep', { line: branchNameOf(journey, id, exit.edge, telling) })))}
          {option('none', t('map.delete.keepNone'))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('map.cancel')}
        </Button>
        <Button color="red" onClick={() => onDelete(keep)} data-autofocus>
          {t('map.delete.button')}
        </Button>
      </Group>
    </Modal>
  );
}
