ALTER TABLE session_head
  -- Of the algorithm that set the session aside: a newer one takes it up again.
  ADD COLUMN quarantine_version smallint;

-- Few, and they change once.
CREATE INDEX session_head_aside ON session_head (kafka_partition) WHERE state = 2;
