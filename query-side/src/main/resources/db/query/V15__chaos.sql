-- chaos: every experiment that ever was, and the safety lever as it stands.
CREATE TABLE chaos_experiment (
  experiment_id text    PRIMARY KEY,
  position      bigint  NOT NULL,
  state         text    NOT NULL,
  view          json    NOT NULL
);
CREATE INDEX chaos_experiment_by_position ON chaos_experiment (position DESC);
CREATE TABLE chaos_lever (
  id   integer PRIMARY KEY,
  view json    NOT NULL
);
