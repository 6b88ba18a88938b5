import { Select, Stack, Switch } from '@mantine/core';
import { weekdays } from '@/lib/weekdays';
import type { Telling } from '@/ui/conditions/telling';
import { DurationField } from '@/ui/pickers/DurationField';
import { HoursFields, hoursInWords } from '@/ui/pickers/hours';
import { withField } from '../definition/exits';
import type { SendWindow } from '../definition/journey';

type How = 'inherit' | 'anytime' | 'hours';

interface Props {
  value: SendWindow | undefined;
  /** What holds where nothing is said here. */
  inherits?: SendWindow;
  ofJourney: boolean;
  telling: Telling;
  /** By field of the window; "" is the window as a whole. */
  errorAt: (field: string) => string | undefined;
  onChange: (value: SendWindow | undefined) => void;
}

/** The hours in which an e-mail may leave, and what becomes of it outside of them. */
export function WindowField({ value, inherits, ofJourney, telling, errorAt, onChange }: Props) {
  const { t } = telling;
  const how = howOf(value, ofJourney);
  const choose = (next: string | null) => {
    if (next === 'hours') onChange({ days: weekdays.slice(0, 5), from: '09:00', until: '18:00', zone: 'contact' });
    else onChange(next === 'anytime' && !ofJourney ? {} : undefined);
  };
  const inherited = inherits && Object.keys(inherits).length > 0 ? windowInWords(inherits, telling) : t('points.window.anytime');
  return (
    <Stack gap={14}>
      <Select
        label={t('points.window.label')}
        description={how === 'inherit' ? t('points.window.inherits', { window: inherited }) : undefined}
        error={errorAt('')}
        allowDeselect={false}
        value={how}
        onChange={choose}
        data={(ofJourney ? (['anytime', 'hours'] as const) : (['inherit', 'anytime', 'hours'] as const)).map((one) => ({
          value: one,
          label: t(`points.window.how.${one}`),
        }))}
      />
      {how === 'hours' && value && (
        <>
          <HoursFields
            value={value}
            telling={telling}
            errorAt={errorAt}
            onChange={(part) => onChange(withoutUnsaid({ ...value, ...part }))}
          />
          <Select
            label={t('points.window.outside')}
            allowDeselect={false}
            value={value.outside ?? 'wait'}
            data={(['wait', 'skip'] as const).map((one) => ({ value: one, label: t(`points.window.${one}`) }))}
            onChange={(outside) => onChange(withField(value, 'outside', outside === 'skip' ? 'skip' : undefined))}
          />
          {value.outside !== 'skip' && (
            <>
              <Switch
                label={t('points.window.spread')}
                description={t('points.window.spreadHint')}
                checked={value.spread !== undefined}
                onChange={(event) => onChange(withField(value, 'spread', event.currentTarget.checked ? 'PT1H' : undefined))}
              />
              {value.spread !== undefined && (
                <DurationField
                  label={t('points.window.spreadOver')}
                  value={value.spread}
                  error={errorAt('spread')}
                  onChange={(spread) => onChange(withField(value, 'spread', spread))}
                />
              )}
            </>
          )}
        </>
      )}
    </Stack>
  );
}

function howOf(value: SendWindow | undefined, ofJourney: boolean): How {
  if (value === undefined) return ofJourney ? 'anytime' : 'inherit';
  return Object.keys(value).length === 0 ? 'anytime' : 'hours';
}

/** "Mon, Tue and Wed, 09:00 to 18:00"; undefined where there are no hours. */
export function windowInWords(window: SendWindow, telling: Telling): string | undefined {
  return Object.keys(window).length === 0 ? undefined : hoursInWords(window, telling);
}

function withoutUnsaid(window: SendWindow): SendWindow {
  return Object.fromEntries(Object.entries(window).filter(([, value]) => value !== undefined));
}
