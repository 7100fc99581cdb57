-- Of what a training is made: parts of sessions, another sport, another height. Null is one session as it was
-- recorded, which all were before.
ALTER TABLE training_revision
  ADD COLUMN recipe jsonb,
  -- What made this revision, and which figures it changed.
  ADD COLUMN change jsonb,
  -- How the last edit is taken back.
  ADD COLUMN undo jsonb,
  -- The training that has its parts now.
  ADD COLUMN merged_into uuid;

-- Trainings beside a session's own that have a part of it, or had one once: they are looked at again when more
-- of it comes.
CREATE TABLE training_session (
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  training_id uuid NOT NULL,
  PRIMARY KEY (athlete_id, session_id, training_id)
);

-- What POSTs with an Idempotency-Key were answered; forgotten after a day.
CREATE TABLE idempotency_key (
  athlete_id uuid NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  begun_at_ms bigint NOT NULL,
  -- Null while the first request is worked on.
  response jsonb,
  etag text,
  PRIMARY KEY (athlete_id, key)
);

CREATE INDEX idempotency_key_begun ON idempotency_key (begun_at_ms);

-- When the first of the late batches came that no revision has taken in yet.
ALTER TABLE session_head ADD COLUMN wanted_since_ms bigint;
