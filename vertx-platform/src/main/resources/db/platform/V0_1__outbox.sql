-- Facts that are to be told, written in the transaction that made them true.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The writing transaction: what is below the oldest running one cannot be overtaken any more.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  event_id uuid NOT NULL,
  type text NOT NULL,
  source text NOT NULL,
  at_ms bigint NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  payload bytea NOT NULL
);
