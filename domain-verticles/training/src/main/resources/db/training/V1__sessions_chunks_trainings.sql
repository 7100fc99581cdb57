-- One narrow row a session. It is updated with every poll, so nothing that changes is indexed and a
-- page keeps room for heap-only updates.
CREATE TABLE session_head (
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  -- First day of the month in which the server first saw the session: where its chunks are, for ever.
  bucket date NOT NULL,
  algorithm_version smallint NOT NULL,
  -- received-at minus sent-at of the first batch; kept, so that every later fold sees the same.
  clock_offset_ms bigint NOT NULL,
  device_id uuid NOT NULL,
  state smallint NOT NULL DEFAULT 0,
  quarantine_reason text,
  sport text,
  time_zone text,
  start_at_ms bigint,
  first_received_at_ms bigint NOT NULL,
  last_received_at_ms bigint NOT NULL,
  tip_at_ms bigint,
  PRIMARY KEY (athlete_id, session_id)
) WITH (fillfactor = 70);

COMMENT ON COLUMN session_head.state IS '0 live, 1 finished, 2 quarantined';

-- The truth: what devices sent, as they sent it.
CREATE TABLE chunk (
  bucket date NOT NULL,
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  writer smallint NOT NULL,
  seq integer NOT NULL,
  kind smallint NOT NULL,
  hash bigint NOT NULL,
  first_at_ms bigint NOT NULL,
  last_at_ms bigint NOT NULL,
  received_at_ms bigint NOT NULL,
  reason text,
  body bytea NOT NULL,
  PRIMARY KEY (bucket, athlete_id, session_id, writer, seq)
) PARTITION BY RANGE (bucket);

-- Batches are packed already: trying to compress them again would only cost time.
ALTER TABLE chunk ALTER COLUMN body SET STORAGE EXTERNAL;

COMMENT ON COLUMN chunk.kind IS '0 samples, 1 tombstone (body could not be decoded; reason says why)';

-- Batches of a (session, writer, seq) that was stored before with another content.
CREATE TABLE refusal (
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  writer smallint NOT NULL,
  seq integer NOT NULL,
  hash bigint NOT NULL,
  reason text NOT NULL,
  received_at_ms bigint NOT NULL,
  PRIMARY KEY (athlete_id, session_id, writer, seq, hash)
);

-- A cache of the fold: dropping it costs time, never a figure.
CREATE TABLE checkpoint (
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  writer smallint NOT NULL,
  algorithm_version smallint NOT NULL,
  position integer NOT NULL,
  state bytea NOT NULL,
  PRIMARY KEY (athlete_id, session_id, writer, algorithm_version)
) WITH (fillfactor = 70);

ALTER TABLE checkpoint ALTER COLUMN state SET STORAGE EXTERNAL;

-- Every revision that was ever published.
CREATE TABLE training_revision (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  revision integer NOT NULL,
  session_id uuid NOT NULL,
  status text NOT NULL,
  complete boolean NOT NULL,
  sport text NOT NULL,
  start_at_ms bigint NOT NULL,
  end_at_ms bigint NOT NULL,
  time_zone text NOT NULL,
  algorithm_version smallint NOT NULL,
  figures jsonb NOT NULL,
  splits jsonb NOT NULL,
  verdicts jsonb NOT NULL,
  PRIMARY KEY (athlete_id, training_id, revision)
);

-- What an athlete sees now: the newest revision of each training.
CREATE TABLE training (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  revision integer NOT NULL,
  start_at_ms bigint NOT NULL,
  PRIMARY KEY (athlete_id, training_id)
);

CREATE INDEX training_by_start ON training (athlete_id, start_at_ms DESC, training_id);
