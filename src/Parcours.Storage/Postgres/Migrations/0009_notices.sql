-- What kind of thing a user is told, in a form that can be said in any language, and when it went to them by mail; of alerts, what they speak of.
ALTER TABLE notification ADD COLUMN kind smallint NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN code text COLLATE "C";
ALTER TABLE notification ADD COLUMN arguments text COLLATE "C";
ALTER TABLE notification ADD COLUMN mailed bigint;
ALTER TABLE alert ADD COLUMN arguments text COLLATE "C";
