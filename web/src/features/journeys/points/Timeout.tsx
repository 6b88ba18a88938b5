import { Switch } from '@mantine/core';
import type { Telling } from '@/ui/conditions/telling';
import { DurationField } from '@/ui/pickers/DurationField';
import { withField } from '../definition/exits';

interface Limited {
  timeout?: string;
  onTimeout?: string;
}

interface Props<P extends Limited> {
  point: P;
  telling: Telling;
  error?: string;
  onChange: (point: P) => void;
}

/** Whether a wait gives up after a while, and after how long. */
export function Timeout<P extends Limited>({ point, telling, error, onChange }: Props<P>) {
  const { t } = telling;
  return (
    <>
      <Switch
        label={t('points.waitFor.limited')}
        description={t('points.waitFor.limitedHint')}
        checked={point.timeout !== undefined}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { ...point, timeout: 'P3D' }
              : withField(withField(point, 'timeout', undefined), 'onTimeout', undefined),
          )
        }
      />
      {point.timeout !== undefined && (
        <DurationField
          label={t('points.waitFor.timeout')}
          value={point.timeout}
          error={error}
          onChange={(timeout) => onChange({ ...point, timeout })}
        />
      )}
    </>
  );
}
