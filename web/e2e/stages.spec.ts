import { expect, test } from './app';
import { JourneyMap } from './map';

test('a journey with stages is drawn, and the property moves people from one to the next', { tag: '@check' }, async ({
  page,
  api,
}) => {
  const map = new JourneyMap(page);
  await page.goto('/journeys/new');
  await page.getByRole('button', { name: /^From scratch/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Deals');
  await page.getByRole('button', { name: 'Draw the map' }).click();
  await map.panel
    .getByRole('option', { name: /property/i })
    .first()
    .click();
  await map.pane.getByRole('combobox', { name: 'Property' }).fill('deal_stage');

  const value = async (text: string) => {
    await map.pane.getByRole('combobox', { name: /^Values/ }).fill(text);
    await page.keyboard.press('Enter');
  };
  await test.step('the first stage names the property, and does something', async () => {
    await map.add('at the end of line A', 'stage');
    await map.pane.getByRole('combobox', { name: 'Property that has the stages' }).fill('deal_stage');
    await value('lead');
    await map.add('at the end of line A', 'task');
    await map.pane.getByRole('textbox', { name: 'What is to be done' }).fill('Call {{contact.email}}');
  });

  await test.step('a further stage, and an end, to which only the property leads', async () => {
    await page.getByRole('button', { name: 'Add a stage' }).click();
    await value('talks');
    await map.add('at the end of line B', 'tag');
    await map.pane.getByRole('combobox', { name: 'Tag' }).fill('hot');
    await page.getByRole('button', { name: 'Add an end' }).click();
    await map.pane.getByText('Successful', { exact: true }).click();
    await value('won');
    await expect(page.getByText('Stage 2')).toBeVisible();
  });

  await test.step('without errors it goes live', async () => {
    await map.saved();
    await expect(page.getByRole('button', { name: 'No errors' })).toBeVisible();
    await page.getByRole('button', { name: 'Review and publish' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
  });

  await test.step('people go where the property says', async () => {
    const deal = (stage: string) =>
      api.post('/api/v1/contacts', { email: 'ada@deals.example', properties: { deal_stage: stage } });
    await deal('lead');
    await expect(page.getByText('1 here now')).toBeVisible();
    await deal('won');
    await expect(map.point(/^End, Successful/)).toContainText('1');
  });
});
