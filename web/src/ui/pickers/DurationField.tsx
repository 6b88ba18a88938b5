import { Group, NumberInput, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { amountOf, type DurationUnit, isoOf } from '@/lib/durations';
import { useSay } from '@/lib/say';

const units: DurationUnit[] = ['minute', 'hour', 'day', 'week'];

interface Props {
  label: ReactNode;
  value: string | undefined;
  onChange: (iso: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
}

/** A time to wait: a number and its unit inside one row. */
export function DurationField({ label, value, onChange, hint, error }: Props) {
  const { t } = useSay();
  const id = useId();
  const { amount, unit } = amountOf(value) ?? { amount: 1, unit: 'day' as const };
  const shown: DurationUnit[] = unit === 'second' ? ['second', ...units] : units;
  return (
    <Group gap={8} align="flex-end" wrap="nowrap">
      <NumberInput
        id={id}
        flex={1}
        label={label}
        description={hint}
        error={error}
        value={amount}
        min={1}
        max={200_000}
        allowDecimal={false}
        allowNegative={false}
        onChange={(next) => typeof next === 'number' && next > 0 && onChange(isoOf(next, unit))}
      />
      <Select
        w={130}
        aria-label={t('conditions.duration.unit')}
        data={shown.map((one) => ({ value: one, label: t(`conditions.duration.${one}`, { count: amount }) }))}
        value={unit}
        onChange={(next) => next && onChange(isoOf(amount, next as DurationUnit))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
      />
    </Group>
  );
}
