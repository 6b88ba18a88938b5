import { ActionIcon, Button, Group } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconExternalLink,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { useNow } from '@/api/useNow';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import type { Telling } from '@/ui/conditions/telling';
import { startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { Edit } from '../edit/edits';
import { LineLetter } from '../map/LineLetter';
import type { Letters } from '../map/letters';
import { cardOf } from '../points/catalogue';
import { useEditor } from '../state/EditorContext';
import classes from './ErrorsPane.module.css';
import { mendOf } from './mends';
import { Pane } from './Pane';
import type { Problem } from './problems';

interface Props {
  journey: Journey;
  telling: Telling;
  letters: Letters;
  problems: Problem[];
  at: number;
  onStep: (by: number) => void;
  onGo: (at: number) => void;
  onEdit: (edit: Edit) => void;
  onClose: () => void;
}

/** Every problem with what to do about it; a press leads to where it is mended. */
export function ErrorsPane({ journey, telling, letters, problems, at, onStep, onGo, onEdit, onClose }: Props) {
  const { t } = useSay();
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  return (
    <Pane
      label={t('map.check.title')}
      caption={<CheckedAgo />}
      title={t('map.check.title')}
      wide
      onClose={onClose}
      foot={
        problems.length > 0 && (
          <>
            <span>F8 {t('map.check.next')}</span>
            <span>⇧ F8 {t('map.check.previous')}</span>
          </>
        )
      }
    >
      {problems.length === 0 ? (
        <div className={classes.fine}>
          <IconCircleCheck size={22} stroke={1.6} aria-hidden />
          <p>{t('map.check.none')}</p>
          <p className={classes.what}>
            {t('map.check.whatChecked', { count: Object.keys(journey.points).length + journey.start.length })}
          </p>
        </div>
      ) : (
        <>
          <Group justify="space-between" mb={12}>
            <Group gap={6}>
              {errors > 0 && <Chip tone="danger">{t('map.check.errors', { count: errors })}</Chip>}
              {warnings > 0 && <Chip tone="warning">{t('map.check.warnings', { count: warnings })}</Chip>}
            </Group>
            <Group gap={4}>
              <ActionIcon variant="default" aria-label={t('map.check.previous')} onClick={() => onStep(-1)}>
                <IconChevronUp size={16} />
              </ActionIcon>
              <ActionIcon variant="default" aria-label={t('map.check.next')} onClick={() => onStep(1)}>
                <IconChevronDown size={16} />
              </ActionIcon>
            </Group>
          </Group>
          <ul className={classes.list}>
            {problems.map((problem, index) => (
              <li key={`${problem.reason.path} ${problem.reason.code}`} data-at={index === at || undefined}>
                <button type="button" className={classes.problem} onClick={() => onGo(index)}>
                  {problem.severity === 'error' ? (
                    <IconAlertCircle className={classes.error} size={18} aria-label={t('map.check.error')} />
                  ) : (
                    <IconAlertTriangle className={classes.warning} size={18} aria-label={t('map.check.warning')} />
                  )}
                  <span className={classes.text}>
                    <span className={classes.where}>
                      {problem.id && <LineLetter letter={letters.ofNode.get(problem.id) ?? ''} />}
                      {whereOf(journey, problem, telling) ?? t('map.check.settings')}
                    </span>
                    {reasonText(t, problem.reason)}
                  </span>
                </button>
                <MendButton journey={journey} problem={problem} onEdit={onEdit} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Pane>
  );
}

/** From when the list is: it is made anew as one works. */
function CheckedAgo() {
  const { t } = useSay();
  const { ago } = useFormats();
  const at = useEditor((state) => state.checkedAt);
  const now = useNow();
  if (at === undefined) return t('map.check.asYouWork');
  const time = new Date(at);
  return t('map.check.checked', { ago: ago(time.toISOString(), now < time ? time : now) });
}

/** Mends at once what one press can mend; pages where something is made open beside the map, which is checked again when one comes back. */
function MendButton({ journey, problem, onEdit }: { journey: Journey; problem: Problem; onEdit: (edit: Edit) => void }) {
  const { t } = useSay();
  const mend = mendOf(journey, problem);
  if (!mend) return null;
  const label = t(`map.check.mend.${mend.says}`);
  return 'to' in mend ? (
    <Button
      className={classes.mend}
      size="compact-sm"
      variant="default"
      component={Link}
      to={mend.to}
      target="_blank"
      rightSection={<IconExternalLink size={14} aria-label={t('map.check.mend.beside')} />}
    >
      {label}
    </Button>
  ) : (
    <Button className={classes.mend} size="compact-sm" variant="default" onClick={() => onEdit(mend.edit)}>
      {label}
    </Button>
  );
}

function whereOf(journey: Journey, problem: Problem, telling: Telling): string | undefined {
  if (problem.id === undefined || !(problem.id in journey.points || startOf(journey, problem.id))) return undefined;
  const card = cardOf(journey, problem.id, telling);
  return `${card.kind}, ${card.title}`;
}
