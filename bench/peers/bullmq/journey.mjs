// The reference journey on BullMQ: contacts are Redis hashes; one job for an entry, one more for a wait.
import { Queue, Worker } from 'bullmq';
import Redis from 'ioredis';
import { acted, finish, mail, serve, settings } from './server.mjs';

const connection = { host: '127.0.0.1', port: Number(settings.store), maxRetriesPerRequest: null };
const redis = new Redis(connection);
const queue = new Queue('journey', { connection: redis, defaultJobOptions: { removeOnComplete: true, attempts: 3 } });

const steps = {
  async enter({ id, received }) {
    await redis.hset(`contact:${id}`, 'tag', 'signed-up');
    acted(received);
    const contact = await redis.hgetall(`contact:${id}`);
    if (contact.plan === 'pro') {
      await mail(contact);
      finish();
    } else {
      await queue.add('resume', { id }, { delay: 1000 });
    }
  },
  async resume({ id }) {
    await redis.hset(`contact:${id}`, 'waited', '1');
    finish();
  },
};

new Worker('journey', (job) => steps[job.name](job.data), { connection: new Redis(connection), concurrency: 50 });
await queue.waitUntilReady();

serve(async (events) => {
  const contacts = redis.multi();
  for (const { received, event, ...contact } of events) contacts.hset(`contact:${contact.id}`, contact);
  await contacts.exec();
  await queue.addBulk(events.map(({ id, received }) => ({ name: 'enter', data: { id, received } })));
});
