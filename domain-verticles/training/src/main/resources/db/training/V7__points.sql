-- The line of each finished training, second by second, as packed columns: what maps and charts are
-- drawn from. A cache of the fold, replaced with each revision.
CREATE TABLE training_points (
  -- Of the session that the training begins with, so that months can be let go as a whole.
  bucket date NOT NULL,
  athlete_id uuid NOT NULL,
  training_id uuid NOT NULL,
  revision integer NOT NULL,
  format smallint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (bucket, athlete_id, training_id)
) PARTITION BY RANGE (bucket);

ALTER TABLE training_points ALTER COLUMN body SET STORAGE EXTERNAL;

-- The months that the chunks have.
DO $$
DECLARE
  month record;
BEGIN
  FOR month IN
    SELECT substr(relname, length('chunk_') + 1) AS name, pg_get_expr(relpartbound, oid) AS bounds
    FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = 'chunk'::regclass
  LOOP
    EXECUTE format('CREATE TABLE training_points_%s PARTITION OF training_points %s',
      month.name, month.bounds);
  END LOOP;
END $$;
