import { test as base, expect } from '@playwright/test';
import { expectAccessible } from './app';
import { JourneyMap } from './map';
import { type Program, serve } from './program';

/** A new installation: it has neither lists nor e-mails nor topics. */
const test = base.extend<object, { program: Program }>({
  program: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
    async ({}, use) => {
      const program = await serve();
      await use(program);
      await program.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ program }, use) => use(program.address),
});

test('on an empty installation one begins with a ready-made map, or with questions that make what is missing', {
  tag: '@check',
}, async ({ page, program }) => {
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Élise Garnier');
  await page.getByLabel('E-mail address').fill('elise@maison-alba.example');
  await page.getByLabel('Password', { exact: true }).fill('three gardens and a kettle');
  await page.getByRole('button', { name: 'Begin' }).click();

  await test.step('the home shows what a journey is, and three maps to begin with', async () => {
    const ready = page.getByRole('region', { name: 'Or begin with a ready-made one' });
    await expect(ready.getByRole('listitem')).toHaveCount(3, { timeout: 60_000 });
    await expect(page.getByRole('link', { name: 'Import contacts' })).toBeVisible();
    await expectAccessible(page);
    await ready.getByRole('link', { name: /^Abandoned cart/ }).click();
    await expect(
      page.getByRole('region', { name: 'Abandoned cart' }).getByRole('button', { name: 'Use this map' }),
    ).toBeVisible();
    await page.getByRole('region', { name: 'Abandoned cart' }).getByRole('button', { name: 'Look closer' }).click();
    await expect(page.getByRole('dialog', { name: 'Abandoned cart' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the guided set-up makes the list, the e-mails and the topic in place', async () => {
    await page.goto('/journeys/new/guided');
    const drawn = page.getByRole('region', { name: 'Your map so far' });
    await expect(drawn.getByRole('button', { name: 'What do they get first?' })).toBeVisible();
    const make = (name: string) => page.getByRole('group', { name });
    await make('New list').getByRole('textbox', { name: 'Name' }).fill('Tea letters');
    await make('New list').getByRole('button', { name: 'Make it' }).click();
    await expect(drawn.getByText('tea-letters')).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();

    await make('New e-mail').getByRole('textbox', { name: 'Name' }).fill('welcome-1');
    await make('New e-mail').getByRole('textbox', { name: 'Subject' }).fill('Welcome to our three gardens');
    await make('New e-mail').getByRole('textbox', { name: 'Text' }).fill('Hello,\n\nthe kettle is on.');
    await make('New e-mail').getByRole('button', { name: 'Make it' }).click();
    await expect(drawn.getByText('welcome-1')).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();

    await page.getByRole('combobox', { name: 'Which one' }).fill('Order Completed');
    await page.keyboard.press('Escape');
    await expect(drawn.getByText('Goal: Order Completed')).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Skip' }).click();

    await make('New topic').getByRole('textbox', { name: 'Name' }).fill('News and offers');
    await make('New topic').getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();

    // A station leads back to its question, and the bar to where one was.
    await drawn.getByRole('button', { name: /welcome-1/ }).click();
    await expect(page.getByRole('heading', { name: 'What do they get first?' })).toBeVisible();
    await page.getByRole('button', { name: 'Question 6: What is it called?' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Welcome');
    await page.getByRole('button', { name: 'Draw the map' }).click();
  });

  const map = new JourneyMap(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome' })).toBeVisible();
  await expect(map.point(/^Send e-mail, welcome-1/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'No errors' })).toBeVisible();
  const made = (await (await page.request.get('/api/v1/journeys/welcome')).json()) as {
    definition: { settings: { goal: { events: string[] } } };
  };
  expect(made.definition.settings.goal.events).toEqual(['Order Completed']);
});
