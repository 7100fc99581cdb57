-- What lists, totals and records read: the newest revision of each training, without what is long.
-- Written in the transaction that writes the revision.
CREATE TABLE training_summary (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  session_id uuid NOT NULL,
  revision integer NOT NULL,
  status text NOT NULL,
  complete boolean NOT NULL,
  sport text NOT NULL,
  start_at_ms bigint NOT NULL,
  end_at_ms bigint NOT NULL,
  time_zone text NOT NULL,
  -- Of the start, where the training was.
  day date NOT NULL,
  algorithm_version smallint NOT NULL,
  distance_m double precision NOT NULL,
  timer_s double precision NOT NULL,
  moving_s double precision NOT NULL,
  elapsed_s double precision NOT NULL,
  ascent_m double precision NOT NULL,
  descent_m double precision NOT NULL,
  energy_kcal double precision NOT NULL,
  -- Banister's training impulse; null where no heart was heard.
  impulse double precision,
  -- Coggan's training stress score; null without a power meter or a threshold power.
  stress double precision,
  verdict_count integer NOT NULL,
  -- As a list shows them.
  figures jsonb NOT NULL,
  PRIMARY KEY (athlete_id, training_id)
);

CREATE INDEX training_summary_by_start ON training_summary (athlete_id, start_at_ms, training_id)
  WHERE status <> 'deleted';
CREATE INDEX training_summary_by_distance ON training_summary (athlete_id, distance_m, training_id)
  WHERE status <> 'deleted';
CREATE INDEX training_summary_by_duration ON training_summary (athlete_id, timer_s, training_id)
  WHERE status <> 'deleted';
CREATE INDEX training_summary_by_day ON training_summary (athlete_id, day)
  WHERE status = 'finished';

-- Absolute sums of the trainings that count: written anew from their summaries, never added to.
CREATE TABLE training_day (
  athlete_id uuid NOT NULL,
  day date NOT NULL,
  sport text NOT NULL,
  trainings integer NOT NULL,
  distance_m double precision NOT NULL,
  timer_s double precision NOT NULL,
  moving_s double precision NOT NULL,
  elapsed_s double precision NOT NULL,
  ascent_m double precision NOT NULL,
  descent_m double precision NOT NULL,
  energy_kcal double precision NOT NULL,
  impulse double precision NOT NULL,
  impulse_trainings integer NOT NULL,
  stress double precision NOT NULL,
  stress_trainings integer NOT NULL,
  PRIMARY KEY (athlete_id, day, sport)
);

-- Best efforts of the trainings that count.
CREATE TABLE training_effort (
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  sport text NOT NULL,
  length_m double precision NOT NULL,
  elapsed_s double precision NOT NULL,
  from_at_ms bigint NOT NULL,
  estimated boolean NOT NULL,
  PRIMARY KEY (athlete_id, training_id, length_m)
);

CREATE INDEX training_effort_best
  ON training_effort (athlete_id, sport, length_m, elapsed_s, from_at_ms, training_id);
