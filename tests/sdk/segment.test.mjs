import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Analytics } from '@segment/analytics-node';
import { administrator } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let admin;
before(async () => {
  server = await startServer();
  admin = administrator(server);
});
after(() => server?.stop());

/** The library as its users set it up; `answers` are the statuses that it met. */
function library({ writeKey = server.intakeKey, ...settings } = {}) {
  const answers = [];
  const errors = [];
  const analytics = new Analytics({
    writeKey,
    host: server.url,
    httpClient: async (url, request) => {
      const answer = await fetch(url, request);
      answers.push(answer.status);
      return answer;
    },
    ...settings,
  });
  analytics.on('error', (error) => errors.push(error));
  return { analytics, answers, errors };
}

test('identify and track of the Segment library arrive as a contact and its events', async () => {
  const { analytics, answers, errors } = library();

  analytics.identify({ userId: 'ada', traits: { email: 'ada@example.org', age: 36, address: { city: 'London' } } });
  analytics.track({ userId: 'ada', event: 'Order Completed', properties: { total: 12.5, currency: 'GBP' }, timestamp: new Date(Date.now() - 60_000) });
  analytics.track({ userId: 'ada', event: 'Order Shipped' });
  await analytics.closeAndFlush();

  assert.deepEqual(errors, []);
  assert.ok(answers.length > 0 && answers.every((status) => status === 200), `answers: ${answers}`);
  const [found, ...others] = await admin.contacts('userId', 'ada');
  assert.deepEqual(others, []);
  assert.deepEqual((await admin.contacts('email', 'ADA@example.org')).map(({ id }) => id), [found.id]);
  const contact = await admin.contact(found.id);
  assert.equal(contact.properties.age, 36);
  assert.equal(contact.properties['address.city'], 'London');
  const events = await admin.events(found.id);
  assert.deepEqual(events.map(({ name }) => name), ['Order Completed', 'Order Shipped']);
  assert.deepEqual(events[0].properties, { total: 12.5, currency: 'GBP' });
  const age = Date.now() - Date.parse(events[0].occurredAt);
  assert.ok(age > 55_000 && age < 120_000, `occurred ${age} ms ago`);
});

test('page, screen, group and alias of the Segment library are taken', async () => {
  const { analytics, errors } = library();

  analytics.page({ anonymousId: 'visitor', name: 'Home', properties: { path: '/' } });
  analytics.screen({ anonymousId: 'visitor', name: 'Start' });
  analytics.group({ anonymousId: 'visitor', groupId: 'initech', traits: { plan: 'gold' } });
  analytics.alias({ userId: 'grace', previousId: 'visitor' });
  await analytics.closeAndFlush();

  assert.deepEqual(errors, []);
  const [grace] = await admin.contacts('userId', 'grace');
  assert.deepEqual((await admin.contacts('anonymousId', 'visitor')).map(({ id }) => id), [grace.id], 'the visitor is Grace');
  const events = await admin.events(grace.id);
  assert.deepEqual(events.map(({ name }) => name).sort(), ['Group Joined', 'Page Viewed', 'Screen Viewed']);
});

/** Semantics 5.1 */
test('what the Segment library sends again under the same message ids changes nothing', async () => {
  const send = async (event) => {
    const { analytics, answers, errors } = library();
    analytics.track({ userId: 'edsger', event, messageId: 'order-1' });
    await analytics.closeAndFlush();
    assert.deepEqual([answers, errors], [[200], []]);
  };

  await send('Order Completed');
  await send('Order Completed');
  await send('Another Body');

  const [edsger] = await admin.contacts('userId', 'edsger');
  assert.deepEqual((await admin.events(edsger.id)).map(({ name }) => name), ['Order Completed']);
});

test('a wrong key makes the Segment library give up at once and say so', async () => {
  const { analytics, answers, errors } = library({ writeKey: 'wrong' });

  analytics.track({ userId: 'mallory', event: 'Order Completed' });
  await analytics.closeAndFlush();

  assert.deepEqual(answers, [401]);
  assert.equal(errors.length, 1);
  assert.deepEqual(await admin.contacts('userId', 'mallory'), []);
});

test('five hundred events of the Segment library arrive, each once', async () => {
  const { analytics, answers, errors } = library({ flushAt: 50 });

  for (let number = 0; number < 500; number++) analytics.track({ userId: `many-${number % 10}`, event: 'Counted', properties: { number } });
  await analytics.closeAndFlush();

  assert.deepEqual(errors, []);
  assert.ok(answers.every((status) => status === 200));
  const numbers = [];
  for (let person = 0; person < 10; person++) {
    const [contact] = await admin.contacts('userId', `many-${person}`);
    for (const { properties } of await admin.events(contact.id)) numbers.push(properties.number);
  }
  assert.deepEqual(numbers.sort((a, b) => a - b), Array.from({ length: 500 }, (_, number) => number));
});
