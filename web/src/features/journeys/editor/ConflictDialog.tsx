import { Button, Group, Modal, Radio, Text } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import { withField } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { type Conflict, same } from '../edit/changes';
import { cardOf } from '../points/catalogue';
import { fieldName, fieldText } from '../points/fieldText';
import { useEditor } from '../state/EditorContext';
import classes from './ConflictDialog.module.css';

/** Two people changed the same part: both versions are kept until one of them, or a mixture, is chosen. What only one changed is saved already. */
export function ConflictDialog({ telling }: { telling: Telling }) {
  const conflict = useEditor((state) => state.conflicts[0]);
  const journey = useEditor((state) => state.journey);
  const left = useEditor((state) => state.conflicts.length);
  const by = useEditor((state) => state.met?.by);
  return conflict ? (
    <One key={conflict.part} conflict={conflict} journey={journey} telling={telling} left={left} by={by} />
  ) : null;
}

interface OneProps {
  conflict: Conflict;
  journey: Journey;
  telling: Telling;
  left: number;
  by: string | undefined;
}

function One({ conflict, journey, telling, left, by }: OneProps) {
  const { t } = useSay();
  const settle = useEditor((state) => state.settle);
  const fields = fieldsOf(conflict);
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const [, name = ''] = conflict.part.split('/');
  const title =
    conflict.part.startsWith('points/') || conflict.part.startsWith('start/')
      ? cardOf(journey, name, telling).title
      : t('map.conflict.setting', { name: fieldName(telling, name || conflict.part) });
  const setting = name || conflict.part;
  const mixed = () => {
    if (fields.length === 0) return conflict.mine;
    let value = conflict.mine as Record<string, unknown>;
    for (const field of theirs) value = withField(value, field, (conflict.theirs as Record<string, unknown>)[field]);
    return value;
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      title={by ? t('map.conflict.titleWho', { point: title, name: by }) : t('map.conflict.title', { point: title })}
    >
      <Text size="sm" c="var(--p-ink-2)" mb="md">
        {t('map.conflict.lead', { count: left })}
      </Text>
      {fields.length === 0 && (
        <dl className={classes.whole}>
          {(['mine', 'theirs'] as const).map((side) => (
            <div key={side}>
              <dt>{t(side === 'mine' ? 'map.conflict.yours' : 'map.conflict.theirs')}</dt>
              <dd>{wholeText(setting, conflict[side], telling, journey)}</dd>
            </div>
          ))}
        </dl>
      )}
      {fields.length > 0 && (
        <table className={classes.fields}>
          <thead>
            <tr>
              <th scope="col">{t('map.conflict.field')}</th>
              <th scope="col">{t('map.conflict.yours')}</th>
              <th scope="col">{t('map.conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{fieldName(telling, field)}</th>
                {(['mine', 'theirs'] as const).map((side) => (
                  <td key={side}>
                    <Radio
                      name={field}
                      checked={theirs.has(field) === (side === 'theirs')}
                      onChange={() => {
                        const next = new Set(theirs);
                        if (side === 'theirs') next.add(field);
                        else next.delete(field);
                        setTheirs(next);
                      }}
                      label={fieldText(field, (conflict[side] as Record<string, unknown>)[field], telling, journey)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => settle(conflict.part, conflict.theirs)}>
          {t('map.conflict.keepTheirs')}
        </Button>
        {theirs.size > 0 && (
          <Button variant="default" onClick={() => settle(conflict.part, mixed())}>
            {t('map.conflict.keepChosen')}
          </Button>
        )}
        <Button onClick={() => settle(conflict.part, conflict.mine)} data-autofocus>
          {t('map.conflict.keepMine')}
        </Button>
      </Group>
    </Modal>
  );
}

/** A part that is taken or left as a whole; one that is gone on one side, or of another kind, is told by its kind. */
function wholeText(setting: string, value: unknown, telling: Telling, journey: Journey): string {
  if (value === undefined) return telling.t('map.conflict.removed');
  if (isObject(value) && ('next' in value || 'paths' in value))
    return telling.t(`points.kind.${String(value.kind)}`, { defaultValue: String(value.kind) });
  return fieldText(setting, value, telling, journey);
}

/** Fields that differ; none where one of them has removed the part, which is then taken or left as a whole. */
function fieldsOf({ mine, theirs }: Conflict): string[] {
  if (!isObject(mine) || !isObject(theirs) || mine.kind !== theirs.kind) return [];
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter((field) => !same(mine[field], theirs[field]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
