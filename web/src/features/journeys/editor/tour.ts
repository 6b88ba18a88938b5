/** What the tour shows, in this order; a step whose place is not on the page is passed over. */
export const tourSteps = [
  { key: 'station', at: '[role="treeitem"][data-point]' },
  { key: 'plus', at: '[data-plus]' },
  { key: 'view', at: '[data-tour="view"]' },
  { key: 'saved', at: '[data-tour="saved"]' },
  { key: 'check', at: '[data-tour="check"]' },
  { key: 'publish', at: '[data-tour="publish"]' },
] as const;
export type TourStep = (typeof tourSteps)[number];

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const gap = 14;

/** Where a card of that size stands beside what it speaks of: below where there is room, else above, and always whole on the page. */
export function cardPlace(
  of: Box,
  card: { width: number; height: number },
  page: { width: number; height: number },
): { left: number; top: number } {
  const below = of.top + of.height + gap;
  const top = below + card.height <= page.height - gap ? below : of.top - gap - card.height;
  const left = of.left + of.width / 2 - card.width / 2;
  return {
    left: Math.round(Math.max(gap, Math.min(left, page.width - card.width - gap))),
    top: Math.round(Math.max(gap, Math.min(top, page.height - card.height - gap))),
  };
}
