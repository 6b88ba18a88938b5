// @vitest-environment node
import { expect, it } from 'vitest';
import { cardPlace } from './tour';

const page = { width: 1000, height: 700 };
const card = { width: 320, height: 180 };

it('stands below what it speaks of, above where there is no room below, and never beyond the page', () => {
  expect(cardPlace({ left: 400, top: 100, width: 40, height: 40 }, card, page)).toEqual({ left: 260, top: 154 });
  expect(cardPlace({ left: 400, top: 640, width: 40, height: 40 }, card, page)).toEqual({ left: 260, top: 446 });
  expect(cardPlace({ left: 980, top: 10, width: 20, height: 20 }, card, page).left).toBe(666);
  expect(cardPlace({ left: 0, top: 10, width: 20, height: 20 }, card, page).left).toBe(14);
});
