-- Two files of one time are only told as a whole and its part where they are of one sport; null for what was
-- brought before, whose trainings say it.
ALTER TABLE import_session ADD COLUMN sport text;

-- What an athlete deleted is a list of its own: without this one all trainings are read for it.
CREATE INDEX training_summary_deleted ON training_summary (athlete_id, start_at_ms, training_id)
  WHERE status = 'deleted';
