-- Nodes of which nothing was heard for a day.
DELETE FROM node
 WHERE seen < clock_timestamp() - interval '1 day';
