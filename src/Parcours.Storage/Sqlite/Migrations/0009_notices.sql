-- What kind of thing a user is told, in a form that can be said in any language, and when it went to them by mail; of alerts, what they speak of.
ALTER TABLE notification ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN code TEXT;
ALTER TABLE notification ADD COLUMN arguments TEXT;
ALTER TABLE notification ADD COLUMN mailed INTEGER;
ALTER TABLE alert ADD COLUMN arguments TEXT;
