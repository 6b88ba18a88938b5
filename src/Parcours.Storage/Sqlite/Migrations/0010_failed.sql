-- Who failed, by the point whose step did: for putting them back. Few are, and only they are in it.
CREATE INDEX enrolment_failed ON enrolment (journey, point, contact, number) WHERE outcome = 6;
