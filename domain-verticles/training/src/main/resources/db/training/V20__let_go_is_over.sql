-- What was let go with its month is never taken up again, and there is ever more of it: the sweep, which
-- looks here every few seconds, must not come by it.
DROP INDEX session_head_aside;
CREATE INDEX session_head_aside ON session_head (kafka_partition)
  WHERE state = 2 AND quarantine_reason IS DISTINCT FROM 'expired';
