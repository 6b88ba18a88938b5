import { Group, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { useSay } from '@/lib/say';
import { type JourneySettings, type RatePeriod, ratePeriods } from '../definition/journey';

/** How many may enter in a time. */
export function RateField({
  value,
  error,
  onChange,
}: {
  value: JourneySettings['entryRate'];
  error?: string;
  onChange: (value: JourneySettings['entryRate']) => void;
}) {
  const { t } = useSay();
  return (
    <Stack gap={10}>
      <Switch
        label={t('map.settings.rate')}
        description={t('map.settings.rateHint')}
        checked={value !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? { most: 100, per: 'hour' } : undefined)}
      />
      {value && (
        <Group align="flex-start" grow>
          <NumberInput
            label={t('map.settings.rateMost')}
            value={value.most}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            error={error}
            onChange={(most) => typeof most === 'number' && onChange({ ...value, most })}
          />
          <Select
            label={t('map.settings.ratePer')}
            data={ratePeriods.map((per) => ({ value: per, label: t(`map.settings.ratePeriods.${per}`) }))}
            value={value.per}
            allowDeselect={false}
            onChange={(per) => onChange({ ...value, per: per as RatePeriod })}
          />
        </Group>
      )}
    </Stack>
  );
}
