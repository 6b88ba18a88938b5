import { Text, Title } from '@mantine/core';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import classes from './PeopleInside.module.css';
import { PeopleRow } from './PeopleRow';
import { type Choice, type Choices, choiceOf, followsOf, type Group } from './people';
import type { usePeople } from './usePeople';

interface Props {
  journey: Journey;
  telling: Telling;
  people: ReturnType<typeof usePeople>;
  /** What is published now. */
  version: number;
  paused: boolean;
  choices: Choices;
  /** By group: what is wrong with what was chosen for it. */
  problems: ReadonlyMap<string, string>;
  /** Without it, it is read: what becomes of them was asked already. */
  onChoose?: (key: string, choice: Choice) => void;
}

/** More of those whose point does the same are folded: they go on, unless somebody wants it otherwise. */
const sameShownMax = 3;

/** Who stands where, what becomes of the point there, and what shall become of them. */
export function PeopleInside({ journey, telling, people, version, paused, choices, problems, onChoose }: Props) {
  const { t } = useSay();
  const { number } = useFormats();
  const { groups } = people;
  const touched = groups.filter((group) => group.state !== 'same');
  const same = groups.filter((group) => group.state === 'same');
  const count = (of: readonly Group[]) => of.reduce((sum, group) => sum + group.contacts, 0);
  const all = count(groups);
  const rows = (of: readonly Group[]) =>
    of.map((group) => (
      <PeopleRow
        key={group.key}
        group={group}
        journey={journey}
        telling={telling}
        people={people}
        version={version}
        choice={choiceOf(group, choices)}
        problem={problems.get(group.key)}
        onChoose={onChoose && ((choice) => onChoose(group.key, choice))}
      />
    ));
  return (
    <section aria-label={t('versions.people.title')}>
      <Title order={3} mb={4}>
        {t('versions.people.title')}
      </Title>
      <Text size="sm" c="var(--p-ink-2)" mb={8}>
        {touched.length === 0
          ? t('versions.people.untouched', { count: all, people: number(all) })
          : t('versions.people.touched', { count: all, all: number(all), people: number(count(touched)) })}{' '}
        {paused && t('versions.people.paused')}
      </Text>
      <ul className={classes.groups}>
        {rows(touched)}
        {same.length <= sameShownMax && rows(same)}
      </ul>
      {same.length > sameShownMax && (
        <details className={classes.folded}>
          <summary>{t('versions.people.folded', { count: same.length, people: number(count(same)) })}</summary>
          <ul className={classes.groups}>{rows(same)}</ul>
        </details>
      )}
      <Followed groups={groups} choices={choices} next={version + 1} />
    </section>
  );
}

/** What is told of each way that somebody takes; nobody is no line. */
function Followed({ groups, choices, next }: { groups: readonly Group[]; choices: Choices; next: number }) {
  const { t } = useSay();
  const { number } = useFormats();
  const follows = followsOf(groups, choices);
  return (
    <div className={classes.follows} role="status">
      <h4>{t('versions.people.follows')}</h4>
      <ul>
        {(['moved', 'restarted', 'kept', 'left'] as const).map(
          (what) =>
            follows[what] > 0 && (
              <li key={what}>
                {t(`versions.people.${what}`, { count: follows[what], people: number(follows[what]), version: next })}
              </li>
            ),
        )}
        <li>{t('versions.people.back', { version: next - 1 })}</li>
      </ul>
    </div>
  );
}
