-- What was told of a merged contact (?1) leads to the winner (?2, ?3). Index notification_contact.
UPDATE notification
   SET contact = ?2,
       high = ?3
 WHERE contact = ?1;
