-- features: the newest parity run, and the values that were put from outside with all revisions.
CREATE TABLE features_parity (
  id       integer PRIMARY KEY,
  view     json    NOT NULL
);
CREATE TABLE features_external (
  symbol       text             NOT NULL,
  name         text             NOT NULL,
  event_time   timestamptz      NOT NULL,
  position     bigint           NOT NULL,
  available_at timestamptz      NOT NULL,
  value        double precision NOT NULL,
  PRIMARY KEY (symbol, name, event_time, position)
);
