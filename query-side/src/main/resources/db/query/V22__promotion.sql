-- promotion: where alphas were registered, moved, measured and asked for approval in the log.
CREATE TABLE promotion_step (
  kind     text   NOT NULL,
  alpha_id text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (kind, alpha_id, position)
);
