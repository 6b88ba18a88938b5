// Mails that the server sends, judged by a reader of mails that is not ours.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { administrator } from './api.mjs';
import { startServer } from './server.mjs';
import { startSink } from './sink.mjs';

// Of the Big List of Naughty Strings, (c) 2015-2020 Max Woolf, MIT: names.LICENSE.txt.
const names = JSON.parse(await readFile(new URL('names.json', import.meta.url)));
const sender = 'Zoë’s "Café", Ltd.';
const filler = 'This line is longer than any line of a mail should be, and goes on and on. '.repeat(14).trim();

const servers = [
  ['with 8BITMIME and PIPELINING', undefined],
  ['that offers nothing', { offers: [] }],
];

for (const [kind, options] of servers) {
  test(`every contact gets its own mail, to the letter, by a server ${kind}`, async (t) => {
    const sink = await startSink(options);
    t.after(() => sink.stop());
    const server = await startServer([
      ...['--smtp-url', `smtp://127.0.0.1:${sink.port}`, '--mail-from', `"${sender.replaceAll('"', '\\"')}" <shop@bücher.example>`],
      ...['--public-url', 'https://journeys.example.org'],
    ]);
    t.after(() => server.stop());
    await setUp(administrator(server));
    const people = names.map((name, number) => ({ name, email: `u${number}@example.org` }));
    people.push({ name: 'Postfach', email: 'info@müller.example' });
    if (!options) people.push({ name: 'Jörg', email: 'jörg@müller.example' });

    await signUp(server, people);
    const mails = await arrive(sink, people.length);

    const read = new Map();
    for (const { to, raw } of mails) {
      assert.ok(!read.has(to), `${to} got two`);
      assert.deepEqual(raw.toString('latin1').split('\r\n').filter((line) => line.length > 998 || /[\r\n]/.test(line)), []);
      if (options) assert.match(raw.toString('latin1'), /^[\t\r\n\x20-\x7e]*$/);
      read.set(to, await PostalMime.parse(raw));
    }
    for (const { name, email } of people) {
      const [local, domain] = email.split('@');
      const to = `${local}@${new URL(`http://${domain}`).hostname}`;
      const mail = read.get(to);
      assert.ok(mail, `${email} (${JSON.stringify(name)}) got none`);
      assert.deepEqual(mail.from, { name: sender, address: 'shop@xn--bcher-kva.example' });
      assert.deepEqual(mail.to, [{ name: '', address: to }]);
      assert.equal(inOneLine(mail.subject), inOneLine(`${name}, willkommen – ${filler.slice(0, 100)}`), name);
      const link = 'https://journeys.example.org/u/';
      assert.equal(withLf(mail.text).split(link)[0], withLf(`Dear ${name}:\n.\n..dots\nFrom here on: ${filler}\n日本語 `), name);
      const [, greeting] = /^<p>Dear ([^<>]*)<\/p>/.exec(withLf(mail.html)) ?? [];
      assert.equal(fromHtml(greeting ?? mail.html), withLf(name));
      assert.match(mail.messageId, /^<[0-9a-f-]{32,36}@xn--bcher-kva\.example>$/);
      assert.ok(Math.abs(Date.parse(mail.date) - Date.now()) < 120_000, mail.date);
      const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
      assert.match(headers['list-unsubscribe'], /^<https:\/\/journeys\.example\.org\/u\/[^>]+>$/);
      assert.equal(headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
      assert.equal(headers['mime-version'], '1.0');
    }
    assert.equal(new Set([...read.values()].map(({ messageId }) => messageId)).size, people.length);
  });
}

async function setUp(admin) {
  await admin.put('/topics/news', { name: 'news', title: 'News', whenUnknown: 'unlessRefused' });
  await admin.put('/content/hello', {
    name: 'hello',
    language: 'en',
    subject: `{{contact.first_name}}, willkommen – ${filler.slice(0, 100)}`,
    text: `Dear {{contact.first_name}}:\n.\n..dots\nFrom here on: ${filler}\n日本語 {{links.unsubscribe}}`,
    html: `<p>Dear {{contact.first_name}}</p><p>${filler}</p><p><a href="{{links.unsubscribe}}">Unsubscribe</a></p>`,
  });
  await admin.put('/journeys/welcome', {
    format: 1,
    id: 'welcome',
    name: 'Welcome',
    settings: { reEntry: { kind: 'never' }, email: { topic: 'news' } },
    start: [{ kind: 'event', id: 'in', events: ['signed_up'], next: 'hello' }],
    points: { hello: { kind: 'sendEmail', content: 'hello', next: 'done' }, done: { kind: 'end', outcome: 'completed' } },
  });
  await admin.post('/journeys/welcome/publish');
}

async function signUp({ url, intakeKey }, people) {
  const batch = people.flatMap(({ name, email }, number) => [
    { type: 'identify', userId: `user-${number}`, traits: { email, first_name: name } },
    { type: 'track', userId: `user-${number}`, event: 'signed_up' },
  ]);
  const answer = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${intakeKey}:`).toString('base64')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

async function arrive(sink, count) {
  for (let tries = 0; sink.mails.length < count && tries < 200; tries++) await pause(50);
  // And none more.
  await pause(100);
  return sink.mails;
}

const withLf = (text) => text.replace(/\r\n|\r/g, '\n').toWellFormed();
const inOneLine = (text) => text.replace(/\p{Cc}|\u2028|\u2029/gu, ' ').toWellFormed().trim();
const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
const fromHtml = (html) => html.replace(/&#x([0-9a-f]+);|&\w+;/gi, (entity, code) => (code ? String.fromCodePoint(parseInt(code, 16)) : entities[entity]));
