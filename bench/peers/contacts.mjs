// The table of contacts that the peers on PostgreSQL share.
import pg from 'pg';
import { settings } from './server.mjs';

export const connectionString = `postgres://bench@127.0.0.1:${settings.store}/postgres`;
export const pool = new pg.Pool({ connectionString, max: 20 });

await pool.query(
  "CREATE TABLE contact (id bigint PRIMARY KEY, email text, first_name text, city text, plan text, tags text[] NOT NULL DEFAULT '{}', waited boolean)",
);

/** Stores the contacts of events, all in one statement. */
export const keep = (client, events) =>
  client.query(
    `INSERT INTO contact (id, email, first_name, city, plan)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
         ON CONFLICT (id) DO UPDATE SET email = excluded.email, first_name = excluded.first_name, city = excluded.city, plan = excluded.plan`,
    ['id', 'email', 'first_name', 'city', 'plan'].map((column) => events.map((event) => event[column])),
  );

/** Sets the tag and returns the contacts. */
export const tag = async (ids) =>
  (await pool.query("UPDATE contact SET tags = array_append(tags, 'signed-up') WHERE id = ANY($1) RETURNING *", [ids])).rows;

export const setWaited = (ids) => pool.query('UPDATE contact SET waited = true WHERE id = ANY($1)', [ids]);
