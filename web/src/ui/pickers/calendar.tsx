import { Chip, Group, Input, Select } from '@mantine/core';
import { type Weekday, weekdays } from '@/lib/weekdays';
import type { Telling } from '@/ui/conditions/telling';

/** 2024-01-01 was a Monday. */
export function dayName(day: Weekday, language: string, width: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + weekdays.indexOf(day))),
  );
}

interface DaysProps {
  label: string;
  value: Weekday[];
  language: string;
  error?: string;
  onChange: (days: Weekday[]) => void;
}

export function DaysField({ label, value, language, error, onChange }: DaysProps) {
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <Chip.Group multiple value={value} onChange={(days) => onChange(weekdays.filter((day) => days.includes(day)))}>
        <Group gap={6} mt={4}>
          {weekdays.map((day) => (
            <Chip key={day} value={day} size="xs" variant="filled">
              {dayName(day, language, 'short')}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

interface ZoneProps {
  value: string | undefined;
  telling: Telling;
  error?: string;
  onChange: (zone: string | undefined) => void;
  /** Whose own it may be, beside the named ones. The last of them needs no word in the document. */
  own?: readonly ('contact' | 'journey' | 'installation')[];
}

export function ZoneField({ value, telling, error, onChange, own = ['contact', 'journey'] }: ZoneProps) {
  const { t } = telling;
  const unsaid = own.at(-1) ?? 'journey';
  return (
    <Select
      label={t('points.waitUntil.zone.label')}
      searchable
      limit={60}
      error={error}
      data={[
        ...own.map((whose) => ({ value: whose as string, label: t(`points.waitUntil.zone.${whose}`) })),
        ...Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
      ]}
      value={value ?? unsaid}
      onChange={(zone) => onChange(zone === unsaid || zone === null ? undefined : zone)}
      allowDeselect={false}
    />
  );
}
