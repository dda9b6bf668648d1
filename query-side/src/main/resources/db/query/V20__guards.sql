-- guards: where the events stand in the log that say how guards and trading were. Of a kind
-- (TRADING, LIMIT, STANDING, OBSERVED, BLOCKED) there is one subject a name and scope, so that the
-- newest event of each as of a position is one look into the primary key.
CREATE TABLE guard_subject (
  kind  text NOT NULL,
  name  text NOT NULL,
  scope text NOT NULL,
  PRIMARY KEY (kind, name, scope)
);
CREATE TABLE guard_change (
  kind     text   NOT NULL,
  name     text   NOT NULL,
  scope    text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (kind, name, scope, position)
);
CREATE INDEX guard_change_by_position ON guard_change (kind, position);
