// What a browser's library does on the wire, where no browser is needed to do it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { administrator } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let admin;
before(async () => {
  server = await startServer();
  admin = administrator(server);
});
after(() => server?.stop());

const origin = 'https://shop.example.org';
const basic = (key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
const post = (path, body, headers = {}) =>
  fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'text/plain', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('a web page of another origin may send', async () => {
  const preflight = await fetch(`${server.url}/v1/t`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type,x-retry-count' },
  });
  assert.ok(preflight.ok, `preflight: ${preflight.status}`);
  const allowed = preflight.headers.get('access-control-allow-headers').toLowerCase();
  for (const header of ['authorization', 'content-type', 'x-retry-count']) assert.ok(allowed.includes(header), `${header} in ${allowed}`);

  const answer = await post('/v1/p', { type: 'page', anonymousId: 'page-1', name: 'Home', messageId: 'ajs-1', sentAt: new Date() }, { origin, authorization: basic(server.publicKey) });

  assert.equal(answer.status, 200);
  assert.ok(['*', origin].includes(answer.headers.get('access-control-allow-origin')));
  assert.equal((await answer.json()).success, true);
  assert.equal((await admin.contacts('anonymousId', 'page-1')).length, 1);
});

test('a web page may put its key into the body', async () => {
  const answer = await post('/v1/b', { writeKey: server.publicKey, batch: [{ type: 'track', anonymousId: 'body-1', event: 'Clicked' }] }, { origin });

  assert.equal(answer.status, 200);
  assert.equal((await admin.contacts('anonymousId', 'body-1')).length, 1);
});

/** Semantics 4.3 */
test('a public key names nobody but its visitor', async () => {
  const bearer = { authorization: `Bearer ${server.intakeKey}` };
  await post('/v1/identify', { userId: 'victim', anonymousId: 'home', traits: { email: 'victim@example.org' } }, bearer);

  const answer = await post('/v1/i', { anonymousId: 'stranger', userId: 'victim', traits: { email: 'victim@example.org', vip: true } }, { authorization: basic(server.publicKey) });

  assert.equal(answer.status, 200);
  const [victim] = await admin.contacts('userId', 'victim');
  assert.equal((await admin.contact(victim.id)).properties.vip, undefined);
  assert.notDeepEqual((await admin.contacts('anonymousId', 'stranger')).map(({ id }) => id), [victim.id]);
});

/** Semantics 15.9 */
test('the good items of a batch are taken and the others told by index', async () => {
  const answer = await post('/v1/batch', { batch: [{ type: 'track', userId: 'part', event: 'Kept' }, { type: 'track', event: 'Nobody' }, { type: 'vanish', userId: 'part' }] }, {
    authorization: `Bearer ${server.intakeKey}`,
  });

  assert.equal(answer.status, 200);
  const body = await answer.json();
  assert.equal(body.success, true);
  assert.deepEqual(body.refused.map(({ index, code }) => [index, code]), [[1, 'no_user_anon_id'], [2, 'unknown_type']]);
  const [part] = await admin.contacts('userId', 'part');
  assert.deepEqual((await admin.events(part.id)).map(({ name }) => name), ['Kept']);
});

test('what is no request to read is refused, and told', async () => {
  const bearer = { authorization: `Bearer ${server.intakeKey}` };

  assert.equal((await post('/v1/batch', '{"batch":[', bearer)).status, 400);
  assert.equal((await post('/v1/track', { event: 'nobody' }, bearer)).status, 400);
  assert.equal((await post('/v1/batch', { batch: [], pad: 'x'.repeat(500 * 1024) }, bearer)).status, 400);
  assert.equal((await post('/v1/track', { userId: 'u', event: 'e' })).status, 401);
  assert.equal((await post('/v1/track', { userId: 'u', event: 'e' }, { authorization: `Bearer ${server.adminKey}x` })).status, 401);
  // A key of the intake opens the intake alone: any other address is not for it, whether or not it exists.
  assert.equal((await post('/v1/nothing', {}, bearer)).status, 403);
});
