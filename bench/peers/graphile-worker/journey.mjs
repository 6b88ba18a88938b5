// The reference journey on graphile-worker: one job for an entry, added in the transaction that stores the contact, and one more for a wait.
import { Logger, run } from 'graphile-worker';
import { keep, pool, setWaited, tag } from './contacts.mjs';
import { acted, finish, mail, serve } from './server.mjs';

await run({
  pgPool: pool,
  noHandleSignals: true,
  logger: new Logger(() => () => {}),
  preset: { worker: { concurrentJobs: 24, pollInterval: 500, localQueue: { size: 200 }, completeJobBatchDelay: 5, failJobBatchDelay: 5 } },
  taskList: {
    async enter({ id, received }, { addJob }) {
      const [contact] = await tag([id]);
      acted(received);
      if (contact.plan === 'pro') {
        await mail(contact);
        finish();
      } else {
        await addJob('resume', { id }, { runAt: new Date(Date.now() + 1000) });
      }
    },
    async resume({ id }) {
      await setWaited([id]);
      finish();
    },
  },
});

const add = `
  SELECT graphile_worker.add_jobs(ARRAY(
    SELECT json_populate_record(NULL::graphile_worker.job_spec, json_build_object('identifier', 'enter', 'payload', payload))
      FROM json_array_elements($1::json) AS payload))`;

serve(async (events) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await keep(client, events);
    await client.query(add, [JSON.stringify(events.map(({ id, received }) => ({ id, received })))]);
    await client.query('COMMIT');
  } catch (failure) {
    await client.query('ROLLBACK');
    throw failure;
  } finally {
    client.release();
  }
});
