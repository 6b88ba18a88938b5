import type { Say } from '@/lib/say';
import { type Action, titleOf } from '@/ui/actions/actions';
import type { PointKind, StartKind } from '../definition/journey';
import { pointKinds, points } from '../points/catalogue';
import type { PointGroup } from '../points/kind';
import { startKinds } from '../points/starts';

export type Offered = { group: 'starts'; kind: StartKind } | { group: PointGroup; kind: PointKind; action?: Action };

export interface Offer {
  key: string;
  offered: Offered;
  label: string;
  /** Whether it can be put at the place that is open. */
  possible: boolean;
}

/** What the panel offers, best matches first: by the beginning of its name, then by its words. */
export function offersFor(
  t: Say,
  search: string,
  place: { openEnd: boolean } | undefined,
  actions: readonly Action[] = [],
  language = 'en',
): Offer[] {
  const wanted = fold(search);
  const all: Offer[] = [
    ...startKinds.map(
      (kind): Offer => ({
        key: `start.${kind}`,
        offered: { group: 'starts', kind },
        label: t(`points.startKind.${kind}`),
        possible: true,
      }),
    ),
    // Those that are declared stand for the kind.
    ...pointKinds
      .filter((kind) => kind !== 'customAction' || actions.length === 0)
      .map((kind): Offer => {
        const ends = kind === 'end' || kind === 'goTo' || kind === 'archive';
        return {
          key: kind,
          offered: { group: points[kind].group, kind },
          label: t(`points.kind.${kind}`),
          // A stage may stand alone: contacts come to it by the value of a property.
          possible: place === undefined ? kind === 'stage' : place.openEnd || !ends,
        };
      }),
    ...actions.map(
      (action): Offer => ({
        key: `customAction:${action.id}`,
        offered: { group: points.customAction.group, kind: 'customAction', action },
        label: titleOf(action.value, language, action.id),
        possible: place !== undefined,
      }),
    ),
  ];
  // Where a place is open, what goes there comes before other ways in.
  if (wanted === '')
    return place ? [...all.filter((offer) => fitting(offer, place)), ...all.filter((offer) => !fitting(offer, place))] : all;
  const scored = all.map((offer) => ({ offer, score: scoreOf(offer, wanted, t) * (fitting(offer, place) ? 10 : 1) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ offer }) => offer);
}

/** Where a place is open, a point for it is what was meant; another starting point is found below. */
function fitting({ offered, possible }: Offer, place: object | undefined): boolean {
  return possible && (place === undefined || offered.group !== 'starts');
}

function scoreOf(offer: Offer, wanted: string, t: Say): number {
  const label = fold(offer.label);
  const words = offer.offered.group === 'starts' ? '' : fold(t(`points.words.${offer.offered.kind}`));
  if (label.startsWith(wanted)) return 4;
  if (label.split(' ').some((word) => word.startsWith(wanted))) return 3;
  if (words.split(' ').some((word) => word.startsWith(wanted))) return 2;
  return label.includes(wanted) ? 1 : 0;
}

/** Without accents and case: "etape" finds "Étape". */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase()
    .trim();
}
