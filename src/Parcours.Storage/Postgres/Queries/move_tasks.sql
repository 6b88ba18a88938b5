-- Tasks of a merged contact ($1) are the winner's ($2, $3). Index task_contact.
UPDATE task
   SET contact = $2,
       high = $3
 WHERE contact = $1;
