ALTER TABLE session_head
  -- Writers whose start or finish mark came, a bit each: a hub that only says what it hears is started by
  -- nobody, and nobody waits for its finish.
  ADD COLUMN started_writers integer NOT NULL DEFAULT 0,
  ADD COLUMN finished_writers integer NOT NULL DEFAULT 0,
  -- When the server got the newest batch of a writer that somebody started.
  ADD COLUMN led_received_at_ms bigint;
