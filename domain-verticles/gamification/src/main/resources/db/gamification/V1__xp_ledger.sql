-- One row a training, of its newest revision: experience is a sum over it, never a counter.
CREATE TABLE xp_entry (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  revision integer NOT NULL,
  xp integer NOT NULL,
  distance_m double precision NOT NULL,
  week text NOT NULL,
  PRIMARY KEY (athlete_id, training_id)
);

CREATE INDEX xp_entry_of_week ON xp_entry (week, athlete_id);

-- The version grows with each change of an athlete's entries, so that of two totals sent to Redis
-- the newer wins whatever order they come in.
CREATE TABLE athlete (
  athlete_id uuid PRIMARY KEY,
  display_name text,
  version bigint NOT NULL DEFAULT 0
);
