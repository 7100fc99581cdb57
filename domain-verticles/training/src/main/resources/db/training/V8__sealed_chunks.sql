-- Chunks of finished sessions, many of a writer in one row: those from one sequence number to another,
-- without a hole. Packed; each comes back to the byte.
CREATE TABLE sealed_chunk (
  bucket date NOT NULL,
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  writer smallint NOT NULL,
  from_seq integer NOT NULL,
  to_seq integer NOT NULL,
  -- Before packing.
  bytes integer NOT NULL,
  -- Why none of them can be decoded; null where they hold samples.
  reason text,
  format smallint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (bucket, athlete_id, session_id, writer, from_seq)
) PARTITION BY RANGE (bucket);

ALTER TABLE sealed_chunk ALTER COLUMN body SET STORAGE EXTERNAL;

-- The months that the chunks have.
DO $$
DECLARE
  month record;
BEGIN
  FOR month IN
    SELECT substr(relname, length('chunk_') + 1) AS name, pg_get_expr(relpartbound, oid) AS bounds
    FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = 'chunk'::regclass
  LOOP
    EXECUTE format('CREATE TABLE sealed_chunk_%s PARTITION OF sealed_chunk %s',
      month.name, month.bounds);
  END LOOP;
END $$;

ALTER TABLE session_head
  ADD COLUMN seal smallint NOT NULL DEFAULT 0,
  ADD COLUMN sealed_at timestamptz;

COMMENT ON COLUMN session_head.seal IS
  '0 chunks came, 1 being sealed, 2 sealed and the chunks still there, 3 nothing left to do';

CREATE INDEX session_head_unsealed ON session_head (kafka_partition) WHERE state = 1 AND seal < 3;
