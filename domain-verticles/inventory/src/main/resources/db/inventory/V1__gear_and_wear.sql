CREATE TABLE gear (
  gear_id uuid PRIMARY KEY,
  athlete_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  is_default boolean NOT NULL,
  life_m double precision NOT NULL,
  retired boolean NOT NULL DEFAULT false,
  created_at_ms bigint NOT NULL
);

CREATE INDEX gear_of_athlete ON gear (athlete_id, created_at_ms);

-- One default of a kind: what a training wears when nothing else was said.
CREATE UNIQUE INDEX gear_default ON gear (athlete_id, kind) WHERE is_default AND NOT retired;

-- What one training did to one piece of gear. Absolute, by revision: an edited training replaces
-- its own row, so wear is a sum and never a counter.
CREATE TABLE wear (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  gear_id uuid NOT NULL,
  revision integer NOT NULL,
  distance_m double precision NOT NULL,
  PRIMARY KEY (athlete_id, training_id)
);

CREATE INDEX wear_of_gear ON wear (gear_id);
