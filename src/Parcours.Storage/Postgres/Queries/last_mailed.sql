-- When a user ($1) was told something by mail last. Index notification_at: a user's notifications are a few hundred.
SELECT max(mailed)
  FROM notification
 WHERE reader = $1;
