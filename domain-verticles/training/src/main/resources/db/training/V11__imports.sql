-- Archives that athletes bring. A node works on one while it renews its lease; who dies over it is succeeded, and
-- what was done once is found done.
CREATE TABLE import_job (
  import_id uuid PRIMARY KEY,
  athlete_id uuid NOT NULL,
  name text NOT NULL,
  -- Of the athlete, for files that do not say how late it was there.
  time_zone text NOT NULL,
  idempotency_key text,
  -- 0 uploading, 1 waiting, 2 working, 3 done, 4 failed
  state smallint NOT NULL,
  size_bytes bigint NOT NULL,
  read_bytes bigint NOT NULL,
  created_at_ms bigint NOT NULL,
  -- When the last piece of it came.
  touched_at_ms bigint NOT NULL,
  ended_at_ms bigint,
  owner uuid,
  leased_until timestamptz,
  attempts smallint NOT NULL DEFAULT 0,
  -- Why it failed, or why an archive could not be read to its end.
  failure text
);

CREATE INDEX import_job_of_athlete ON import_job (athlete_id, created_at_ms);
CREATE INDEX import_job_ended ON import_job (ended_at_ms) WHERE state >= 3;
CREATE INDEX import_job_open ON import_job (created_at_ms) WHERE state < 3;
-- One at a time for an athlete: what an archive holds twice is found by what was done before.
CREATE UNIQUE INDEX import_job_working ON import_job (athlete_id) WHERE state = 2;
CREATE UNIQUE INDEX import_job_key ON import_job (athlete_id, idempotency_key);

-- What was uploaded, until it has been read.
CREATE TABLE import_piece (
  import_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
  number integer NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (import_id, number)
);
ALTER TABLE import_piece ALTER COLUMN content SET STORAGE EXTERNAL;

-- What became of each file, in the order of the archive.
CREATE TABLE import_file (
  import_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
  number integer NOT NULL,
  name text NOT NULL,
  -- imported, duplicate, refused, skipped
  outcome text NOT NULL,
  reason text,
  activities jsonb NOT NULL,
  PRIMARY KEY (import_id, number)
);

-- Which place of which file made a session, by which the same file is known when it comes again.
CREATE TABLE import_session (
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  import_id uuid NOT NULL,
  file integer NOT NULL,
  part integer NOT NULL,
  start_at_ms bigint NOT NULL,
  end_at_ms bigint NOT NULL,
  PRIMARY KEY (athlete_id, session_id)
);

CREATE INDEX import_session_by_start ON import_session (athlete_id, start_at_ms);
