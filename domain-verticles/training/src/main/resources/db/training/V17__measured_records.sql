-- A record that was measured comes before a faster one of which a part was bridged.
CREATE INDEX training_effort_measured
  ON training_effort (athlete_id, sport, length_m, estimated, elapsed_s, from_at_ms, training_id);

DROP INDEX training_effort_best;
