-- Stretches of a writer's sequence that its device had to drop for good. Said in the chunks as well;
-- here so that a fold need not look for it.
CREATE TABLE skip (
  athlete_id uuid NOT NULL,
  session_id uuid NOT NULL,
  writer smallint NOT NULL,
  from_seq integer NOT NULL,
  to_seq integer NOT NULL,
  PRIMARY KEY (athlete_id, session_id, writer, from_seq, to_seq)
);

ALTER TABLE session_head
  -- Of the topics of telemetry: who consumes it looks after the session's deadlines.
  ADD COLUMN kafka_partition integer NOT NULL DEFAULT 0,
  -- When the server got a batch with a finish mark, though others may still be missing.
  ADD COLUMN finish_received_at_ms bigint,
  -- Batches came after the training was written.
  ADD COLUMN revision_wanted boolean NOT NULL DEFAULT false;

-- Of columns that change once or twice in a session's life.
CREATE INDEX session_head_open ON session_head (kafka_partition) WHERE state = 0 OR revision_wanted;
