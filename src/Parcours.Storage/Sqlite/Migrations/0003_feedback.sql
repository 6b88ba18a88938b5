-- What comes back of messages, and who may not be written to.

-- How often a person opened a message and followed a link in it.
ALTER TABLE message ADD COLUMN opens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN clicks INTEGER NOT NULL DEFAULT 0;

-- The address itself, where it is known, and who suppressed it by hand.
ALTER TABLE suppression ADD COLUMN plain TEXT;
ALTER TABLE suppression ADD COLUMN ordered_by TEXT;
