-- How much a user (?1) has not read. Index notification_unread.
SELECT count(*)
  FROM notification
 WHERE reader = ?1
   AND seen IS NULL;
