import { SegmentedControl } from '@mantine/core';
import { IconGitBranch, IconListTree } from '@tabler/icons-react';
import { useSay } from '@/lib/say';
import { useNarrow } from '../usePhone';
import classes from './ViewSwitch.module.css';

export type View = 'map' | 'outline';

const icons = { map: IconGitBranch, outline: IconListTree };

/** The same journey as a map or as an outline. */
export function ViewSwitch({
  view,
  onView,
  inLine,
}: {
  view: View;
  onView: (view: View) => void /** Beside others, and not over the map. */;
  inLine?: boolean;
}) {
  const { t } = useSay();
  // There is no room for a map: the outline stands in its place by itself.
  if (useNarrow()) return null;
  return (
    <SegmentedControl
      className={classes.switch}
      data-in-line={inLine || undefined}
      data-tour="view"
      size="sm"
      aria-label={t('map.view.label')}
      value={view}
      onChange={(next) => onView(next as View)}
      data={(['map', 'outline'] as const).map((value) => {
        const Icon = icons[value];
        return {
          value,
          label: (
            <span className={classes.label}>
              <Icon size={16} stroke={1.7} aria-hidden />
              {t(`map.view.${value}`)}
            </span>
          ),
        };
      })}
    />
  );
}
