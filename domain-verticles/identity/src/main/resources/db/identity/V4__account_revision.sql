-- Counts changes, so that who is told of them knows which is newer. 0: as it was registered.
ALTER TABLE account ADD COLUMN revision integer NOT NULL DEFAULT 0;
