-- How many open tasks a user (?1) has, and how many of them were due before ?2. Index task_assignee.
SELECT count(*), count(*) FILTER (WHERE due < ?2)
  FROM task
 WHERE done IS NULL
   AND assignee = ?1;
