import { expect, expectAccessible, test } from './app';

const fair = Buffer.from(
  [
    'E-Mail Address;Nome;Data nascita;Spesa tot.;Interessi;Stand;Note interne',
    'kwame.mensah@mail.example;Kwame;03/05/1988;86,00;tè nero|rooibos;B14;richiamare',
    'm.rossi@@posta.example;Rossi;02/11/1991;12;;B14;',
    'lucia@ortega-tapas.example;Lucía;14/07/1979;1.240,50;;B15;',
    '',
  ].join('\n'),
);

test('a file is sent once: looked at, its doubts answered, and imported', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/api\/v1\/imports/.test(request.url()))
      sent.push(new URL(request.url()).pathname.replace(/[0-9a-f]{32}/, 'ID'));
  });
  await page.goto('/contacts/import');
  await page.setInputFiles('input[type=file]', { name: 'fiera-torino.csv', mimeType: 'text/csv', buffer: fair });
  await expect(page).toHaveURL(/\/contacts\/imports\/[0-9a-f]{32}$/);
  await expect(page.getByText('of 3 rows can go in')).toBeVisible();
  await expect(page.getByText('This is no e-mail address.')).toBeVisible();
  const row = (name: string) => page.getByRole('row', { name });
  await expect(row('E-Mail Address')).toContainText('sure');
  await expect(row('Stand')).toContainText('new');
  await expect(row('Data nascita')).toContainText('look at this');
  await expect(page.getByText('2 to look at')).toBeVisible();
  await expectAccessible(page);

  await row('Data nascita').getByRole('button', { name: 'dd/MM/yyyy' }).click();
  await expect(row('Data nascita')).toContainText('new');
  await row('Interessi').getByRole('button', { name: 'Tags' }).click();
  await expect(page.getByText('to look at')).toBeHidden();
  await page.getByRole('combobox', { name: 'What “Note interne” becomes' }).click();
  await page.getByRole('option', { name: 'Leave out' }).click();
  await expect(row('Note interne')).toContainText('left out');
  // All of it stands at an address of its own.
  await page.reload();
  await expect(row('Note interne')).toContainText('left out');
  await page.getByText('This is no e-mail address.').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download this row' }).click(),
  ]);
  expect(download.suggestedFilename()).toContain('email.invalid');
  await page.getByRole('combobox', { name: 'Tag everyone' }).fill('fiera-torino-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Import 2 good rows' }).click();

  await expect(page.getByText('done', { exact: true })).toBeVisible();
  await expect(page.getByRole('definition').first()).toHaveText('2');
  await expectAccessible(page);
  expect(sent.filter((path) => path.endsWith('/imports'))).toHaveLength(1);
  expect(sent.at(-1)).toBe('/api/v1/imports/ID/start');
  await page.getByRole('link', { name: 'To the contacts' }).click();
  await expect(page.getByRole('row', { name: /kwame.mensah@mail.example/ })).toContainText('fiera-torino-2026');
});

test.describe('in French', () => {
  test.use({ locale: 'fr-FR' });

  test('why a file cannot go in is said in the reader’s language, and mended where it is said', async ({ page }) => {
    await page.goto('/contacts/import');
    await page.setInputFiles('input[type=file]', {
      name: 'noms.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('wer,stadt\n7,Bern\n'),
    });
    await expect(page.getByText('Aucune colonne ne dit de qui il s’agit.')).toBeVisible();
    await page.getByRole('combobox', { name: /wer/ }).click();
    await page.getByRole('option', { name: 'N° de client' }).click();
    await expect(page.getByText('ligne peut entrer')).toBeVisible();
    await page.getByRole('button', { name: /Importer 1/ }).click();
    await expect(page.getByText('Nouveaux contacts')).toBeVisible();

    await page.goto('/contacts/import');
    await page.setInputFiles('input[type=file]', {
      name: 'noms.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('wer,stadt\n7,Bern\n'),
    });
    await page.getByRole('combobox', { name: /wer/ }).click();
    await page.getByRole('option', { name: 'N° de client' }).click();
    await page.getByRole('button', { name: /Importer 1/ }).click();
    await expect(page.getByText('Ce fichier est déjà importé')).toBeVisible();
    await page.getByRole('button', { name: 'L’importer une fois de plus' }).click();
    await expect(page.getByText('Inchangés')).toBeVisible();
  });
});
