-- A task may be that of a team (Semantics 3.7). Few enough are open to be looked at one by one (task_open).
ALTER TABLE task ADD COLUMN team text COLLATE "C";
