import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { Fragment } from 'react';
import { phraseParts } from '@/lib/slots';
import type { ConditionScope } from './ConditionBuilder';
import classes from './ConditionBuilder.module.css';
import { ConditionLine } from './ConditionLine';
import type { Condition } from './condition';
import { type Group, groupOf, type How, isGroup, written } from './groups';
import { newLeaf } from './newCondition';
import type { Telling } from './telling';

const hows: How[] = ['all', 'any', 'none'];

interface Props {
  group: Group;
  scope: ConditionScope;
  telling: Telling;
  onChange: (group: Group) => void;
  nested?: boolean;
  /** How many match up to each line, as far as it is known, by the line's path. */
  soFar?: ReadonlyMap<string, number | undefined>;
  /** Where the group stands: what the paths of its lines begin with. */
  path?: string;
}

const unknown: ReadonlyMap<string, number | undefined> = new Map();

/** "The contact matches all of these:", its parts below one another, and what may be added. */
export function ConditionGroup({ group, scope, telling, onChange, nested = false, soFar = unknown, path = '' }: Props) {
  const { t } = telling;
  const set = (at: number, condition: Condition | undefined) =>
    onChange({
      ...group,
      of: condition
        ? group.of.map((one, index) => (index === at ? condition : one))
        : group.of.filter((_, index) => index !== at),
    });
  const move = (at: number, by: number) => {
    const to = at + by;
    const moved = group.of[at];
    if (!moved || to < 0 || to >= group.of.length) return;
    const of = group.of.filter((_, index) => index !== at);
    of.splice(to, 0, moved);
    onChange({ ...group, of });
  };
  const add = (condition: Condition, at = group.of.length) =>
    onChange({ ...group, of: [...group.of.slice(0, at), condition, ...group.of.slice(at)] });
  const first = scope.kinds[0] ?? 'property';
  const keys = (at: number) => (event: KeyboardEvent<HTMLElement>) => {
    // Of the tokens one has, and of no field: Del takes the line out, Shift Enter puts a group behind it, Control Enter a line.
    const line = event.currentTarget;
    const onToken = event.target instanceof HTMLButtonElement && line.contains(event.target);
    if (onToken && event.key === 'Delete' && !event.altKey) {
      const lines = line.parentElement;
      set(at, undefined);
      requestAnimationFrame(() => lines?.querySelector<HTMLElement>('button')?.focus());
    } else if (onToken && event.key === 'Enter' && event.shiftKey) add({ kind: 'any', of: [newLeaf(first)] }, at + 1);
    else if (onToken && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) add(newLeaf(first), at + 1);
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) move(at, event.key === 'ArrowUp' ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const word = group.how === 'all' ? t('conditions.and') : t('conditions.or');
  const heading = phraseParts(
    (slots) =>
      t(
        nested ? 'conditions.group.nested' : scope.kinds.length === 1 ? 'conditions.group.event' : 'conditions.group.contact',
        slots,
      ),
    {
      how: <HowToken how={group.how} telling={telling} onChange={(how) => onChange({ ...group, how })} />,
    },
  );
  return (
    <div className={classes.group}>
      {(group.of.length > 1 || group.how !== 'all' || nested) && (
        <div className={classes.words}>
          {heading.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a phrase have no other name.
            <Fragment key={at}>{'text' in part ? part.text : part.node}</Fragment>
          ))}
        </div>
      )}
      <div className={group.of.length > 1 || nested ? `${classes.group} ${classes.inner}` : classes.group}>
        {group.of.map((condition, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no ids; their place is what they are known by.
          // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the tokens inside.
          <div className={classes.line} key={at} onKeyDown={keys(at)}>
            <div className={classes.part}>
              {isGroup(condition) ? (
                <ConditionGroup
                  nested
                  soFar={soFar}
                  path={`${path}${at}.`}
                  group={groupOf(condition)}
                  scope={scope}
                  telling={telling}
                  onChange={(inner) => set(at, inner.of.length === 0 ? undefined : written(inner, true))}
                />
              ) : (
                <ConditionLine
                  word={at > 0 ? word : undefined}
                  condition={condition}
                  scope={scope}
                  telling={telling}
                  onChange={(next) => set(at, next)}
                />
              )}
            </div>
            <SoFar people={soFar.get(`${path}${at}`)} telling={telling} />
            <ActionIcon
              className={classes.remove}
              size={24}
              aria-label={t('conditions.remove')}
              onClick={() => set(at, undefined)}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        <AddCondition
          label={
            group.of.length === 0 ? t('conditions.add') : group.how === 'all' ? t('conditions.addAnd') : t('conditions.addOr')
          }
          scope={scope}
          telling={telling}
          onAdd={add}
        />
      </div>
    </div>
  );
}

function SoFar({ people, telling }: { people: number | undefined; telling: Telling }) {
  return people === undefined ? null : (
    <span className={classes.soFar} title={telling.t('conditions.count.soFar')}>
      {telling.formats.number(people)}
    </span>
  );
}

function HowToken({ how, telling, onChange }: { how: How; telling: Telling; onChange: (how: How) => void }) {
  return (
    <Menu withinPortal>
      <Menu.Target>
        <button type="button" className={classes.token} data-verb>
          {telling.t(`conditions.group.${how}`)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {hows.map((one) => (
          <Menu.Item key={one} onClick={() => onChange(one)}>
            {telling.t(`conditions.group.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AddCondition({
  label,
  scope,
  telling,
  onAdd,
}: {
  label: string;
  scope: ConditionScope;
  telling: Telling;
  onAdd: (condition: Condition) => void;
}) {
  const { t } = telling;
  return (
    <Menu withinPortal position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          title={t('conditions.keys')}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {scope.kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(newLeaf(kind))}>
            {t(`conditions.kind.${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onAdd({ kind: 'any', of: [newLeaf(scope.kinds[0] ?? 'property')] })}>
          {t('conditions.kind.group')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
