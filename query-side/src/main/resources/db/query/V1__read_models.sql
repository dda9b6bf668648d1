-- Read models: everything here can be dropped and folded again from the event log.
-- A `view` is the JSON that the route answers with; beside it stand only columns that are searched.

-- router: venues as scored, the newest decisions, decisions per feed second of the last minute.
CREATE TABLE router_venue (
  venue text  PRIMARY KEY,
  view  jsonb NOT NULL
);
CREATE TABLE router_recent (
  position bigint PRIMARY KEY,
  view     jsonb  NOT NULL
);
CREATE TABLE router_second (
  second  bigint PRIMARY KEY,
  counted bigint NOT NULL
);
CREATE TABLE router_clock (
  id        integer     PRIMARY KEY,
  feed_time timestamptz NOT NULL
);

-- market: venues as registered, with the state of their connections.
CREATE TABLE market_venue (
  venue text  PRIMARY KEY,
  view  jsonb NOT NULL
);

-- execution: orders by the position of their first event, fills, the paper account, blocked orders
-- per feed second of the last minute.
CREATE TABLE execution_order (
  order_id text   PRIMARY KEY,
  position bigint NOT NULL,
  status   text   NOT NULL,
  symbol   text   NOT NULL,
  alpha_id text   NOT NULL,
  view     jsonb  NOT NULL
);
CREATE INDEX execution_order_position ON execution_order (position);
CREATE INDEX execution_order_status ON execution_order (status, position);
CREATE INDEX execution_order_symbol ON execution_order (symbol, position);
CREATE INDEX execution_order_alpha ON execution_order (alpha_id, position);
CREATE TABLE execution_fill (
  position bigint PRIMARY KEY,
  symbol   text   NOT NULL,
  alpha_id text   NOT NULL,
  view     jsonb  NOT NULL
);
CREATE INDEX execution_fill_symbol ON execution_fill (symbol, position);
CREATE INDEX execution_fill_alpha ON execution_fill (alpha_id, position);
CREATE TABLE execution_portfolio (
  portfolio text  PRIMARY KEY,
  view      jsonb NOT NULL
);
CREATE TABLE execution_second (
  second  bigint PRIMARY KEY,
  counted bigint NOT NULL
);
CREATE TABLE execution_clock (
  id        integer     PRIMARY KEY,
  feed_time timestamptz NOT NULL
);
