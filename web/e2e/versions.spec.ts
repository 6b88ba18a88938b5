import type { Api } from './api';
import { expect, expectAccessible, test } from './app';
import { JourneyMap } from './map';

const id = 'tea-notes';
const over = { kind: 'end', outcome: 'completed' };
const first = {
  format: 1,
  id,
  name: 'Tea notes',
  start: [{ kind: 'event', id: 'subscribed', events: ['Subscribed'], next: 'nap' }],
  points: { nap: { kind: 'delay', for: 'P1D', next: 'rest' }, rest: { kind: 'delay', for: 'P5D', next: 'over' }, over },
};
/** The first delay takes longer, the second is gone, and a tag is new. */
const second = {
  ...first,
  points: { nap: { kind: 'delay', for: 'P3D', next: 'greet' }, greet: { kind: 'addTag', tag: 'guest', next: 'over' }, over },
};

async function save(api: Api, definition: object): Promise<void> {
  const { revision } = await api.get<{ revision: number }>(`/api/v1/journeys/${id}`);
  await api.put(`/api/v1/journeys/${id}`, definition, { 'If-Match': `"${revision}"` });
}

test('a version is published over people inside, looked at beside the one before, and one is brought back', async ({
  page,
  api,
}) => {
  const map = new JourneyMap(page);
  const sheet = page.getByRole('dialog', { name: 'Review and publish' });
  const history = page.getByRole('complementary', { name: 'Version history' });
  await api.put(`/api/v1/journeys/${id}`, first);
  await api.post(`/api/v1/journeys/${id}/publish`);
  for (const name of ['ada', 'bo']) await api.event('Subscribed', { email: `${name}@notes.example` });
  await api.pass(25);
  await api.event('Subscribed', { email: 'cleo@notes.example' });
  await save(api, second);

  await test.step('what the draft changes, on one map, with who stands there', async () => {
    await page.goto(`/journeys/${id}`);
    await page.getByRole('link', { name: 'Versions' }).click();
    await expect(history.getByRole('button', { name: /^Draft, version 2/ })).toHaveAttribute('aria-current', 'true');
    await expect(map.point(/^Delay, 3 days, line A, changed, from 1 day to 3 days, 1 here$/)).toBeVisible();
    await expect(map.point(/^Delay, 5 days, removed, 2 here$/)).toBeVisible();
    await expect(map.point(/^Add tag, guest, line A, added$/)).toBeVisible();
    await expect(history.getByText('3 of 3 people stand at points that change.')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('from change to change by keys, before and after, and in words', async () => {
    await page.keyboard.press('j');
    await expect(map.point(/^Delay, 3 days/)).toBeFocused();
    await expect(page.getByRole('status').filter({ hasText: '1 day' })).toContainText('3 days');
    await page.keyboard.press('b');
    await expect(map.point(/^Delay, 1 day,/)).toBeVisible();
    await expect(map.point(/^Add tag/)).toBeHidden();
    await page.keyboard.press('b');
    await expect(map.point(/^Delay, 5 days/)).toBeHidden();
    await page.getByText('As text', { exact: true }).click();
    const words = page.getByRole('list', { name: 'Changes' });
    await expect(words.getByRole('listitem')).toHaveCount(3);
    await expect(words.getByRole('listitem').filter({ hasText: '3 days' })).toContainText('Duration');
    await expectAccessible(page);
  });

  await test.step('each group gets its choice, and what follows is said before', async () => {
    await history.getByRole('button', { name: 'Publish version 2' }).click();
    await expect(sheet.getByText('Duration: 1 day → 3 days')).toBeVisible();
    await expect(sheet.getByText('2 people stay', { exact: true })).toBeVisible();
    const resting = sheet.getByRole('radiogroup', { name: 'What becomes of 2 people at 5 days' });
    await expect(resting.getByRole('radio', { name: 'Keep on v1' })).toBeChecked();
    await resting.getByText('Move to…').click();
    await sheet.getByRole('button', { name: 'Publish the version' }).click();
    const where = sheet.getByRole('combobox', { name: 'Where those at 5 days go' });
    await expect(where).toBeFocused();
    await expect(where).toHaveAttribute('aria-invalid', 'true');
    await where.click();
    await page.getByRole('option', { name: 'Add tag: guest' }).click();
    await expect(sheet.getByText('3 people move to version 2')).toBeVisible();
    await sheet.getByRole('textbox', { name: 'What is this version about?' }).fill('Guests, not naps');
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Publish the version' }).click();
    await expect(sheet).toBeHidden();
  });

  await test.step('the numbers on the map are those of the choices', async () => {
    await expect(map.point(/^Delay, 3 days/)).toContainText('1 waiting');
    await expect(map.point(/^End, Completed/)).toContainText('2');
    await expect(map.point(/^Delay, 5 days/)).toBeHidden();
  });

  await test.step('what was published stands in the history, and an old version comes back as the draft', async () => {
    await page.getByRole('link', { name: 'Versions' }).click();
    const latest = history.getByRole('button', { name: /^Version 2/ });
    await expect(latest).toContainText('Guests, not naps');
    await expect(latest).toContainText('1 person in it now');
    await expect(map.point(/^Delay, 5 days, removed$/)).toBeVisible();
    await history.getByRole('button', { name: /^Version 1/ }).click();
    await expect(page.getByText('This is the first version')).toBeVisible();
    await history.getByRole('button', { name: 'Bring version 1 back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bring version 1 back' }).click();
    await expect(page.getByRole('button', { name: 'Watch it live' })).toBeVisible();
    await expect(map.point(/^Delay, 5 days/)).toBeVisible();
    await page.getByRole('link', { name: 'Versions' }).click();
    await expect(history.getByRole('button', { name: /^Draft, version 3/ })).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await expect(page.getByRole('list', { name: 'Changes' })).toBeVisible();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
  });
});
