-- What the timeline of a contact (?1) says up to a sequence (?2). Primary key: one range.
DELETE FROM timeline
 WHERE contact = ?1
   AND sequence <= ?2;
