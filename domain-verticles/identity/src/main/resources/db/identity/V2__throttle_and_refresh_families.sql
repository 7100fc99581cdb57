-- Wrong passwords are counted by what was tried, not by account: an address that nobody registered
-- must answer as one that somebody did. Keys are hashes; a row is forgotten when it runs out.
CREATE TABLE login_try (
  key text PRIMARY KEY,
  failed integer NOT NULL,
  expires_at_ms bigint NOT NULL
);

CREATE INDEX login_try_expiry ON login_try (expires_at_ms);

ALTER TABLE account DROP COLUMN failed_tries, DROP COLUMN paused_until_ms;

-- All refresh tokens of a sign-in share a secret, its family: whoever shows the family with anything
-- but the newest token holds an old one, however old. Sign-ins from before have none and end here.
DELETE FROM login_session;
ALTER TABLE login_session
  ADD COLUMN family_hash bytea NOT NULL UNIQUE,
  ADD COLUMN rotated_at_ms bigint NOT NULL DEFAULT 0;
DROP INDEX login_session_refresh;
DROP INDEX login_session_previous;
CREATE INDEX login_session_expiry ON login_session (expires_at_ms);
CREATE INDEX sign_in_link_expiry ON sign_in_link (expires_at_ms);
