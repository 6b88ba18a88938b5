-- $1 id.
DELETE FROM node
 WHERE id = $1;
