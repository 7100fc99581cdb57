-- Who asks which sessions of an athlete are live went through all that the athlete ever had. There are few
-- of these at a time, so that the index is small; a session leaves it with its finish.
CREATE INDEX session_head_live
  ON session_head (uuid_hash(athlete_id), first_received_at_ms, session_id) WHERE state = 0;
