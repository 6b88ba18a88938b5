import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { administrator } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let admin;
before(async () => {
  server = await startServer();
  admin = administrator(server);
});
after(() => server?.stop());

/** The library as its users set it up: compressed, with form-encoding as its content type. */
function library({ writeKey = server.intakeKey, ...settings } = {}) {
  const requests = [];
  const client = new RudderAnalytics(writeKey, { dataPlaneUrl: server.url, logLevel: 'silly', ...settings });
  client.logger.outputLog = () => {};
  const record = ({ config, status }) => requests.push({ status, encoding: config.headers['Content-Encoding'], type: config.headers['Content-Type'] });
  client.axiosInstance.interceptors.response.use(
    (answer) => (record(answer), answer),
    (error) => {
      if (error.response) record(error.response);
      throw error;
    },
  );
  const call = (kind, message) => new Promise((resolve) => client[kind](message, (error) => resolve(error ?? null)));
  return { client, requests, call };
}

test('calls of the RudderStack library arrive as a contact and its events', async () => {
  const { client, requests, call } = library();

  const calls = [
    call('identify', { userId: 17, traits: { email: 'barbara@example.org', plan: 'gold' } }),
    call('track', { userId: '17', event: 'Order Completed', properties: { total: 99.95 } }),
    call('page', { userId: '17', name: 'Home' }),
    call('group', { userId: '17', groupId: 'initech', traits: { seats: 4 } }),
  ];
  await client.flush();
  assert.deepEqual(await Promise.all(calls), [null, null, null, null]);

  assert.ok(requests.length > 0);
  for (const request of requests) assert.deepEqual([request.status, request.encoding], [200, 'gzip']);
  const [found] = await admin.contacts('userId', '17');
  assert.equal((await admin.contact(found.id)).properties.plan, 'gold');
  assert.deepEqual((await admin.contacts('email', 'barbara@example.org')).map(({ id }) => id), [found.id]);
  const events = await admin.events(found.id);
  assert.deepEqual(events.map(({ name }) => name).sort(), ['Group Joined', 'Order Completed', 'Page Viewed']);
  assert.deepEqual(events.find(({ name }) => name === 'Order Completed').properties, { total: 99.95 });
});

/** Semantics 5.1 */
test('what the RudderStack library sends again under the same message ids changes nothing', async () => {
  for (const event of ['Order Completed', 'Order Completed', 'Another Body']) {
    const { requests, call } = library();
    assert.equal(await call('track', { userId: 'tony', event, messageId: 'order-1' }), null);
    assert.deepEqual(requests.map(({ status }) => status), [200]);
  }

  const [tony] = await admin.contacts('userId', 'tony');
  assert.deepEqual((await admin.events(tony.id)).map(({ name }) => name), ['Order Completed']);
});

test('a wrong key makes the RudderStack library give up at once and say so', async () => {
  const errors = [];
  const { requests, call } = library({ writeKey: 'wrong', errorHandler: (error) => errors.push(error.response?.status) });

  const error = await call('track', { userId: 'mallory', event: 'Order Completed' });

  assert.equal(error?.response?.status, 401);
  assert.deepEqual(errors, [401]);
  assert.deepEqual(requests.map(({ status }) => status), [401]);
  assert.deepEqual(await admin.contacts('userId', 'mallory'), []);
});
