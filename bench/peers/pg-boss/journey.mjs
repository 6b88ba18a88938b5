// The reference journey on pg-boss: a queue of entries and a queue of waits, both worked in batches of 1,000 and polled each half second, its least.
import { PgBoss } from 'pg-boss';
import { connectionString, keep, pool, setWaited, tag } from './contacts.mjs';
import { acted, finish, mail, serve } from './server.mjs';

const boss = new PgBoss({ connectionString, max: 10 });
boss.on('error', console.error);
await boss.start();
for (const queue of ['enter', 'resume']) await boss.createQueue(queue);
const pace = { batchSize: 1000, pollingIntervalSeconds: 0.5 };

await boss.work('enter', pace, async (jobs) => {
  const contacts = await tag(jobs.map((job) => job.data.id));
  for (const job of jobs) acted(job.data.received);
  const waiting = contacts.filter((contact) => contact.plan !== 'pro');
  if (waiting.length) await boss.insert('resume', waiting.map(({ id }) => ({ data: { id }, startAfter: 1 })));
  const mailed = contacts.filter((contact) => contact.plan === 'pro');
  await Promise.all(mailed.map(mail));
  finish(mailed.length);
});

await boss.work('resume', pace, async (jobs) => {
  await setWaited(jobs.map((job) => job.data.id));
  finish(jobs.length);
});

serve(async (events) => {
  await keep(pool, events);
  await boss.insert('enter', events.map(({ id, received }) => ({ data: { id, received } })));
});
