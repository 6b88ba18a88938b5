import { SegmentedControl, Select, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { useId } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { cardOf, iconOf } from '../points/catalogue';
import type { ToldField } from '../versions/changes';
import classes from './PeopleInside.module.css';
import { type Choice, type Fate, fatesOf, type Group } from './people';
import type { usePeople } from './usePeople';

interface Props {
  group: Group;
  journey: Journey;
  telling: Telling;
  people: ReturnType<typeof usePeople>;
  version: number;
  choice: Choice;
  problem: string | undefined;
  /** Without it, the choice is read. */
  onChoose?: (choice: Choice) => void;
}

/** One group: where it stands, what the draft makes of that, what becomes of it, and what that means in a sentence. */
export function PeopleRow({ group, journey, telling, people, version, choice, problem, onChoose }: Props) {
  const { t } = useSay();
  const { number } = useFormats();
  const id = useId();
  const narrow = useMediaQuery('(max-width: 640px)');
  const was = people.definitionOf(group);
  const here = group.state === 'same' || group.state === 'changed' ? journey : was;
  const card = here
    ? cardOf(here, group.point, here === journey ? telling : people.tell(here))
    : { kind: '', title: group.name ?? group.point };
  const point = here?.points[group.point];
  const Icon = point && iconOf(point);
  const next = version + 1;
  const old =
    group.versions.length === 1 ? t('versions.people.keepOn', { version: group.versions[0] }) : t('versions.people.keep');
  const label = (fate: Fate) => (fate === 'keep' ? old : t(`versions.people.do.${fate}`, { version: next }));
  const contacts = t('versions.people.here', { count: group.contacts, people: number(group.contacts) });
  return (
    <li className={classes.group} data-group={group.key}>
      <div className={classes.head}>
        {Icon && (
          <span className={classes.mark} data-state={group.state}>
            <Icon size={17} stroke={1.7} aria-hidden />
          </span>
        )}
        <div className={classes.what}>
          <div id={`${id}-title`} className={classes.title}>
            {card.title}
          </div>
          <div className={classes.state}>
            {[
              card.kind,
              (group.shares || group.versions.some((one) => one !== version)) &&
                t('versions.people.of', { count: group.versions.length, versions: group.versions.join(', ') }),
              t(`versions.people.state.${group.state}`, { version: next }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {group.state === 'changed' && <Differences fields={people.fieldsOf(group)} />}
          {group.state === 'replaced' && (
            <div className={classes.difference}>
              {t('versions.people.becomes', { point: cardOf(journey, group.point, telling).title })}
            </div>
          )}
        </div>
        <div className={classes.count}>
          <b>{number(group.contacts)}</b>
          <span>{t('versions.people.standHere', { count: group.contacts })}</span>
        </div>
      </div>
      {!onChoose && <Text fw={600}>{label(choice.do)}</Text>}
      {onChoose && (
        <SegmentedControl
          size="xs"
          orientation={narrow ? 'vertical' : 'horizontal'}
          fullWidth={narrow}
          aria-label={t('versions.people.whatOf', { contacts, point: card.title })}
          aria-describedby={`${id}-follows`}
          value={choice.do}
          data={fatesOf(group.state).map((fate) => ({ value: fate, label: label(fate) }))}
          onChange={(fate) => onChoose({ do: fate as Fate, ...(fate === 'moveTo' && choice.to && { to: choice.to }) })}
        />
      )}
      {onChoose && choice.do === 'moveTo' && (
        <Select
          mt={8}
          maw={420}
          searchable
          aria-label={t('versions.people.toWhich', { point: card.title })}
          placeholder={t('versions.people.choosePoint')}
          nothingFoundMessage={t('versions.people.noPoint')}
          error={problem}
          data={Object.keys(journey.points).map((one) => ({ value: one, label: labelOf(journey, one, telling) }))}
          value={choice.to ?? null}
          onChange={(to) => onChoose({ do: 'moveTo', ...(to && { to }) })}
        />
      )}
      <p id={`${id}-follows`} className={classes.consequence}>
        <IconArrowRight size={15} aria-hidden />
        {consequence(t, group, choice, next, (to) => cardOf(journey, to, telling).title)}
      </p>
      {problem && choice.do !== 'moveTo' && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

function Differences({ fields }: { fields: ToldField[] }) {
  const { t } = useSay();
  return fields.map(({ path, name, before, after }) => (
    <div key={path} className={classes.difference}>
      {t('versions.people.field', { name })} {before} → <b>{after}</b>
    </div>
  ));
}

/** Two points may do the same: their kinds tell them apart from what they say. */
function labelOf(journey: Journey, id: string, telling: Telling): string {
  const { kind, title } = cardOf(journey, id, telling);
  return `${kind}: ${title}`;
}

/** What the choice means for those people, in one sentence. */
function consequence(
  t: (key: string, values?: Record<string, unknown>) => string,
  group: Group,
  choice: Choice,
  next: number,
  titleOf: (id: string) => string,
): string {
  switch (choice.do) {
    case 'keep':
      return group.versions.length === 1
        ? t('versions.people.then.keep', { version: group.versions[0] })
        : t('versions.people.then.keepAll');
    case 'move':
      return group.state === 'replaced'
        ? t('versions.people.then.arrive', { point: titleOf(group.point) })
        : t(`versions.people.then.move.${group.state}`, { version: next });
    case 'moveTo':
      return choice.to ? t('versions.people.then.arrive', { point: titleOf(choice.to) }) : t('versions.people.then.choose');
    case 'restart':
      return t('versions.people.then.restart', { version: next });
    case 'exit':
      return t('versions.people.then.exit');
  }
}
