-- In which time zone athletes live, as identity tells it; the newest revision of their account.
CREATE TABLE account_zone (
  athlete_id uuid PRIMARY KEY,
  revision integer NOT NULL,
  time_zone text NOT NULL
);
