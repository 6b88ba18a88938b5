-- A message as it was decided; the number rises.
INSERT INTO message (number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
    ON CONFLICT (number) DO NOTHING;
