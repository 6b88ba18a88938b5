import { Select } from '@mantine/core';
import { useSay } from '@/lib/say';
import { type Period, periods } from './period';

/** Which figures are shown, and how that is changed: everywhere on a journey's page at once. */
export interface Choices {
  /** That there are. */
  versions: number[];
  /** Undefined: of all. */
  version: number | undefined;
  onVersion: (version: number | undefined) => void;
  period: Period;
  onPeriod: (period: Period) => void;
}

/** Of which period and version the figures are. */
export function FigureChoices({
  versions,
  version,
  onVersion,
  period,
  onPeriod,
  className,
}: Choices & { className?: string | undefined }) {
  const { t } = useSay();
  return (
    <>
      <Select
        className={className}
        size="xs"
        aria-label={t('map.totals.period')}
        data={periods.map((one) => ({ value: one, label: t(`map.totals.periods.${one}`) }))}
        value={period}
        onChange={(chosen) => chosen && onPeriod(chosen)}
        allowDeselect={false}
      />
      {versions.length > 1 && (
        <Select
          className={className}
          size="xs"
          aria-label={t('map.totals.version')}
          data={[
            { value: '', label: t('map.totals.allVersions') },
            ...versions.map((one) => ({ value: String(one), label: t('map.totals.oneVersion', { version: one }) })),
          ]}
          value={version === undefined ? '' : String(version)}
          onChange={(chosen) => onVersion(chosen ? Number(chosen) : undefined)}
          allowDeselect={false}
        />
      )}
    </>
  );
}
