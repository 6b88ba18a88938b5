import type { Schemas } from '@/api/client';

export type Standing = Schemas['StandingGroup'];
export type PeopleRule = Schemas['PeopleBody'];

/** What becomes of a group; `moveTo` goes to another point than where it stands. */
export const fates = ['keep', 'move', 'moveTo', 'restart', 'exit'] as const;
export type Fate = (typeof fates)[number];
export interface Choice {
  do: Fate;
  /** Of `moveTo`, once it is chosen. */
  to?: string;
}

/** Those who stand at one point, of one version or, where the draft does the same to all of them, of several. */
export interface Group {
  key: string;
  point: string;
  /** The newest of `versions` first; a rule of a group of several is one for all. */
  versions: number[];
  contacts: number;
  state: Standing['state'];
  kind: string;
  name: string | undefined;
  /** Whether other groups stand at the same point, so that their version tells them apart. */
  shares: boolean;
}

/** What the draft touches comes first. Versions are folded where none of them sees a change of its own, and no rule speaks of one alone. */
export function groupsOf(people: readonly Standing[], rules: readonly PeopleRule[] = []): Group[] {
  const byPoint = new Map<string, Standing[]>();
  for (const one of people) if (one.contacts > 0) byPoint.set(one.point, [...(byPoint.get(one.point) ?? []), one]);
  const groups = [...byPoint.values()].flatMap((here) => {
    const state = here[0]?.state;
    const apart = rules.some((rule) => rule.point === here[0]?.point && rule.version);
    const folds =
      here.length === 1 || ((state === 'same' || state === 'gone') && !apart && here.every((one) => one.state === state));
    return (folds ? [here] : here.map((one) => [one])).map((of) => groupOf(of, !folds));
  });
  return groups.sort((a, b) => Number(a.state === 'same') - Number(b.state === 'same'));
}

function groupOf(of: readonly Standing[], shares: boolean): Group {
  const [first] = of as [Standing, ...Standing[]];
  const versions = of.map((one) => one.version).sort((a, b) => b - a);
  return {
    key: shares ? `${first.point} ${first.version}` : first.point,
    point: first.point,
    versions,
    contacts: of.reduce((sum, one) => sum + one.contacts, 0),
    state: first.state,
    kind: first.kind,
    name: first.name ?? undefined,
    shares,
  };
}

/** A point that is gone has nothing of the same name to move to. */
export function fatesOf(state: Standing['state']): Fate[] {
  return state === 'gone' ? fates.filter((fate) => fate !== 'move') : [...fates];
}

export function usualChoice(state: Standing['state']): Choice {
  return { do: state === 'same' || state === 'changed' ? 'move' : 'keep' };
}

export type Choices = Readonly<Record<string, Choice>>;

export function choiceOf(group: Group, choices: Choices): Choice {
  const chosen = choices[group.key];
  return chosen && fatesOf(group.state).includes(chosen.do) ? chosen : usualChoice(group.state);
}

/** A rule for each group that is not kept: who is not named is, and what names nobody costs nothing. `of` says whose rule each is. */
export function rulesOf(groups: readonly Group[], choices: Choices): { rules: PeopleRule[]; of: string[] } {
  const rules: PeopleRule[] = [];
  const of: string[] = [];
  for (const group of groups) {
    const choice = choiceOf(group, choices);
    if (choice.do === 'keep') continue;
    const [version] = group.versions;
    rules.push({
      point: group.point,
      do: choice.do === 'moveTo' ? 'move' : choice.do,
      ...(group.shares && { version }),
      ...(choice.do === 'moveTo' && { to: choice.to }),
    });
    of.push(group.key);
  }
  return { rules, of };
}

/** What was asked for each group: the first rule that fits it, and without one it is kept. */
export function choicesOf(groups: readonly Group[], rules: readonly PeopleRule[]): Choices {
  return Object.fromEntries(
    groups.map((group) => {
      const rule = rules.find(({ point, version }) => point === group.point && (!version || group.versions.includes(version)));
      if (!rule) return [group.key, { do: 'keep' }];
      return [group.key, rule.do === 'move' && rule.to ? { do: 'moveTo', to: rule.to } : { do: rule.do }];
    }),
  );
}

/** Groups that are to go to a point that is not chosen yet, or that the draft does not have any more. */
export function unanswered(groups: readonly Group[], choices: Choices, points: Readonly<Record<string, unknown>>): Group[] {
  return groups.filter((group) => {
    const { do: fate, to } = choiceOf(group, choices);
    return fate === 'moveTo' && (to === undefined || !(to in points));
  });
}

export interface Follows {
  moved: number;
  restarted: number;
  kept: number;
  left: number;
}

/** How many go where at once. */
export function followsOf(groups: readonly Group[], choices: Choices): Follows {
  const follows: Follows = { moved: 0, restarted: 0, kept: 0, left: 0 };
  for (const group of groups) {
    const fate = choiceOf(group, choices).do;
    follows[fate === 'keep' ? 'kept' : fate === 'exit' ? 'left' : fate === 'restart' ? 'restarted' : 'moved'] += group.contacts;
  }
  return follows;
}

/** Whose rule a problem is about, by its place: `/people/2/to`. */
export function groupOfProblem(path: string | undefined, of: readonly string[]): string | undefined {
  const index = /^\/people\/(\d+)(\/|$)/.exec(path ?? '')?.[1];
  return index === undefined ? undefined : of[Number(index)];
}
