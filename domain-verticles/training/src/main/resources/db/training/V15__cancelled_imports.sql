-- State 5 is cancelled. While somebody works on it, it is only wanted: the file under way is read to its end.
ALTER TABLE import_job
  ADD COLUMN cancel_wanted boolean NOT NULL DEFAULT false,
  -- Of what was uploaded, by which the same request is known when it comes again.
  ADD COLUMN body_sha256 bytea;
