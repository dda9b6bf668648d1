-- deploy: where the steps of rollouts and the counts of their SLOs stand in the log.
CREATE TABLE deploy_step (
  position   bigint PRIMARY KEY,
  rollout_id text   NOT NULL
);
CREATE TABLE deploy_observed (
  rollout_id text   NOT NULL,
  position   bigint NOT NULL,
  PRIMARY KEY (rollout_id, position)
);
