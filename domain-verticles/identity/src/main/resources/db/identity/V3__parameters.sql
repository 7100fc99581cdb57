-- What figures need to know of an athlete's body; null is what the athlete does not say.
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

-- Told to others with the next change.
INSERT INTO athlete_parameters (athlete_id, revision, max_heart_rate_bpm)
SELECT athlete_id, 1, max_heart_rate_bpm FROM account WHERE max_heart_rate_bpm IS NOT NULL;

ALTER TABLE account DROP COLUMN max_heart_rate_bpm;
