-- What the sandbox kept of messages that go: $1 their keys. Primary key.
DELETE FROM sandbox_mail
 WHERE key = ANY ($1::uuid[]);
