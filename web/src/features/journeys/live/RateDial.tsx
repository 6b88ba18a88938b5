import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { JourneySettings } from '../definition/journey';
import { RateField } from '../settings/RateField';
import { useDials, useSetDial } from './dialsApi';

/** How many may enter in a time, which can be set anew while the journey runs. */
export function RateDial({ journey }: { journey: string }) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const rate = useDials(journey).data?.entryRate;
  const set = useSetDial(journey);
  const [edited, setEdited] = useState<{ rate: JourneySettings['entryRate'] }>();
  if (!rate) return null;
  const inWords = (one: typeof rate.rate) =>
    one ? `${number(one.most)}, ${t(`map.settings.ratePeriods.${one.per}`)}` : t('map.dials.noRate');
  return (
    <div>
      <Group justify="space-between" gap={8} mb="md">
        <Text size="sm">
          {t('map.settings.rate')}: <b>{inWords(rate.rate)}</b>
          {rate.setAt && (
            <Text span size="sm" c="var(--p-ink-3)">
              {' '}
              · {t(rate.setBy ? 'map.dials.setBy' : 'map.dials.setAt', { at: dateTime(rate.setAt), name: rate.setBy ?? '' })}
            </Text>
          )}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => setEdited({ rate: rate.rate ?? undefined })}>
          {t('map.dials.change')}
        </Button>
      </Group>
      {edited && (
        <Modal
          opened
          onClose={() => setEdited(undefined)}
          title={t('map.dials.rateTitle')}
          closeButtonProps={{ 'aria-label': t('map.close') }}
        >
          <Text size="sm" mb="md">
            {t('map.dials.rateHint')}
          </Text>
          <RateField value={edited.rate} onChange={(next) => setEdited({ rate: next })} />
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setEdited(undefined)}>
              {t('map.cancel')}
            </Button>
            <Button
              loading={set.isPending}
              onClick={() => set.mutate({ rate: edited.rate }, { onSuccess: () => setEdited(undefined) })}
            >
              {t('map.dials.setRate')}
            </Button>
          </Group>
        </Modal>
      )}
    </div>
  );
}
