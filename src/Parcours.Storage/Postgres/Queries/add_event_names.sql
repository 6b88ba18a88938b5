-- Names of events seen for the first time by this process. $1 names.
INSERT INTO event_name (name)
SELECT unnest($1::text[])
    ON CONFLICT DO NOTHING;
