-- A contact whose flip timer stays as it is, which is nearly every one: the index on flip_at is not touched. ?1 number, ?2 flip, ?3 body.
UPDATE contact
   SET body = ?3
 WHERE id = ?1
   AND flip_at IS ?2;
