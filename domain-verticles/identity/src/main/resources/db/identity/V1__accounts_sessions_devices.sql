CREATE TABLE account (
  athlete_id uuid PRIMARY KEY,
  email text NOT NULL,
  password_hash text NOT NULL,
  display_name text NOT NULL,
  time_zone text NOT NULL,
  locale text NOT NULL,
  max_heart_rate_bpm integer,
  failed_tries integer NOT NULL DEFAULT 0,
  paused_until_ms bigint NOT NULL DEFAULT 0,
  created_at_ms bigint NOT NULL
);

-- Kept in lower case; one account an address.
CREATE UNIQUE INDEX account_email ON account (email);

-- A sign-in. It ends when it is revoked or its refresh token was not used for a while.
CREATE TABLE login_session (
  session_id uuid PRIMARY KEY,
  athlete_id uuid NOT NULL,
  refresh_hash bytea NOT NULL,
  -- The token before: who shows it again has stolen one of the two, and the session ends.
  previous_hash bytea,
  expires_at_ms bigint NOT NULL,
  revoked boolean NOT NULL DEFAULT false,
  created_at_ms bigint NOT NULL
);

CREATE INDEX login_session_refresh ON login_session (refresh_hash);
CREATE INDEX login_session_previous ON login_session (previous_hash);

CREATE TABLE sign_in_link (
  token_hash bytea PRIMARY KEY,
  athlete_id uuid NOT NULL,
  expires_at_ms bigint NOT NULL
);

CREATE TABLE device (
  device_id uuid PRIMARY KEY,
  athlete_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  secret_hash bytea NOT NULL,
  created_at_ms bigint NOT NULL
);

CREATE INDEX device_of_athlete ON device (athlete_id, created_at_ms);
