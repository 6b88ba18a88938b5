-- What the sandbox kept of a message: ?1 the number of its mail. Primary key.
DELETE FROM sandbox_mail
 WHERE number = ?1;
