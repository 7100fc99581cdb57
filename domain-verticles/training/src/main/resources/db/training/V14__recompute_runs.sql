-- Operators' runs that compute trainings anew: how far each came, so that one which was cut off goes on there.
CREATE TABLE recompute_run (
  -- Which trainings, in the words of the program.
  scope text NOT NULL,
  algorithm_version smallint NOT NULL,
  -- The last one that was looked at.
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  report jsonb NOT NULL,
  touched_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (scope, algorithm_version)
);
