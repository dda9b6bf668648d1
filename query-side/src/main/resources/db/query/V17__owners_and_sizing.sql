-- execution: every owner of an order or fill, which may have several alphas.
CREATE TABLE execution_order_owner (
  alpha_id text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (alpha_id, position)
);
CREATE TABLE execution_fill_owner (
  alpha_id text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (alpha_id, position)
);
-- What was projected before had one owner each.
INSERT INTO execution_order_owner SELECT alpha_id, position FROM execution_order;
INSERT INTO execution_fill_owner SELECT alpha_id, position FROM execution_fill;

-- sizing: the position of each symbol's newest sizing; the facts stay in the log.
CREATE TABLE sizing_last (
  symbol   text   PRIMARY KEY,
  position bigint NOT NULL
);
