-- How many sessions an athlete began within a day. Neither column ever changes.
CREATE INDEX session_head_begun ON session_head (athlete_id, first_received_at_ms);
