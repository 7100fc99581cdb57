-- What identity tells of athletes; the newest revision. Null is what an athlete does not say.
CREATE TABLE athlete_parameters (
  athlete_id uuid PRIMARY KEY,
  revision integer NOT NULL,
  max_heart_rate_bpm integer,
  resting_heart_rate_bpm integer,
  threshold_power_w integer,
  weight_kg double precision,
  sex text,
  birth_year integer
);

-- As known when the session was first seen; every fold of it uses these. Null: nothing was known.
ALTER TABLE session_head ADD COLUMN parameters jsonb;
