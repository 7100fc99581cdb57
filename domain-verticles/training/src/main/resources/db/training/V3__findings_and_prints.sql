-- Best efforts, splits of a mile and what is odd: passes over the whole track, kept as they are shown.
ALTER TABLE training_revision ADD COLUMN findings jsonb NOT NULL DEFAULT '{}';

-- By which a copy of a track is known. Numbered in the order they came: the copy is the later one.
CREATE TABLE training_print (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  hashes bigint[] NOT NULL,
  PRIMARY KEY (athlete_id, training_id)
);

CREATE INDEX training_print_hashes ON training_print USING gin (hashes);
