-- router: what hindsight says of a decision, and since which position.
CREATE TABLE router_review (
  decision_id text   PRIMARY KEY,
  position    bigint NOT NULL,
  regret_bps  double precision
);
