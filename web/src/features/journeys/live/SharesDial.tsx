import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { useDials, useSetDial } from './dialsApi';

/** The shares of a split, which can be set anew while the journey runs: whoever comes from then on draws by them. */
export function SharesDial({ journey, point, running }: { journey: string; point: string; running: boolean }) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const split = useDials(journey).data?.splits.find((one) => one.point === point);
  const set = useSetDial(journey);
  const [edited, setEdited] = useState<ReadonlyMap<string, number>>(new Map());
  if (!split) return null;
  const paths = split.paths.map((path) => ({ ...path, share: edited.get(path.name) ?? path.share }));
  const sum = Math.round(paths.reduce((total, path) => total + path.share, 0) * 100) / 100;
  const asPublished = paths.every((path) => path.share === path.published);
  const changed = split.paths.some((path) => edited.has(path.name) && edited.get(path.name) !== path.share);
  return (
    <Stack gap={8}>
      <Text size="sm" c="var(--p-ink-2)">
        {t('map.dials.sharesHint')}
      </Text>
      {paths.map((path) => (
        <NumberInput
          key={path.name}
          label={path.name}
          description={path.share === path.published ? undefined : t('map.dials.published', { share: number(path.published) })}
          value={path.share}
          readOnly={!running}
          min={0}
          max={100}
          decimalScale={2}
          suffix=" %"
          onChange={(share) => typeof share === 'number' && setEdited(new Map(edited).set(path.name, share))}
        />
      ))}
      <Text size="sm" c={sum === 100 ? 'var(--p-ink-3)' : 'var(--p-danger)'} role="status">
        {t('points.split.sum', { sum: number(sum) })}
      </Text>
      {split.setAt && (
        <Text size="sm" c="var(--p-ink-3)">
          {t(split.setBy ? 'map.dials.setBy' : 'map.dials.setAt', { at: dateTime(split.setAt), name: split.setBy ?? '' })}
        </Text>
      )}
      {running && (
        <Group justify="flex-end" gap={8}>
          {!asPublished && (
            <Button
              variant="default"
              size="compact-md"
              onClick={() => setEdited(new Map(paths.map((path) => [path.name, path.published])))}
            >
              {t('map.dials.asPublished')}
            </Button>
          )}
          <Button
            size="compact-md"
            disabled={!changed || sum !== 100}
            loading={set.isPending}
            onClick={() =>
              set.mutate(
                { point, paths: paths.map(({ name, share }) => ({ name, share })) },
                { onSuccess: () => setEdited(new Map()) },
              )
            }
          >
            {t('map.dials.setShares')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
