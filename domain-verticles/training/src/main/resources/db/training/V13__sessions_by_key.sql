-- How many sessions an athlete began within a day. While the table was new, a plan took this index for as
-- good as the primary key, though it leads to all sessions that an athlete ever had. Over a hash it serves
-- nobody but who asks by the hash.
DROP INDEX session_head_begun;
CREATE INDEX session_head_begun ON session_head (uuid_hash(athlete_id), first_received_at_ms);
