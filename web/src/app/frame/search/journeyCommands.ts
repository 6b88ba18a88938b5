import { matchesWords } from '@/lib/matchesWords';

export type JourneyCommand = 'pause' | 'resume' | 'end' | 'goLive';
type Status = 'draft' | 'filling' | 'live' | 'paused' | 'ended' | 'archived';

/** What may be done with a journey as it stands; each is asked about on its page. */
const mays: Record<Status, readonly JourneyCommand[]> = {
  draft: ['goLive'],
  filling: ['pause', 'end'],
  live: ['pause', 'end'],
  paused: ['resume', 'end'],
  ended: [],
  archived: [],
};

const shownMax = 6;

interface Named {
  id: string;
  name: string;
  status: Status;
}

export interface Command {
  to: string;
  text: string;
}

/** "Pause Win back", by words of the command and of the name in any order; those whose command was named come first. */
export function journeyCommands(
  words: string,
  journeys: readonly Named[],
  say: (command: JourneyCommand, name: string) => string,
): Command[] {
  const found: (Command & { named: boolean })[] = [];
  for (const { id, name, status } of journeys)
    for (const command of mays[status] ?? []) {
      const text = say(command, name);
      if (!matchesWords(words, text)) continue;
      const to = command === 'goLive' ? `/journeys/${id}?edit&do=publish` : `/journeys/${id}?do=${command}`;
      found.push({ to, text, named: !matchesWords(words, name) });
    }
  return found
    .sort((a, b) => Number(b.named) - Number(a.named))
    .slice(0, shownMax)
    .map(({ to, text }) => ({ to, text }));
}
