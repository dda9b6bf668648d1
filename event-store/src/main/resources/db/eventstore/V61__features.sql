-- Feature values as they were known when, and what sampled ones were made of. Prepared and written
-- through dev.papertape.eventstore.features; partitions are made as values come.
CREATE TABLE feature_series (
  series  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  venue   text    NOT NULL,
  symbol  text    NOT NULL,
  name    text    NOT NULL,
  version integer NOT NULL,
  UNIQUE (symbol, name, version, venue)
);

-- A value of `event_time` that was known from `available_at` on (feed time), until a later row of
-- the same event time revised it. `epoch` and `frame` say where in the engine's life it came up.
-- Over bars: a partition a month, kept.
CREATE TABLE feature_value (
  series       integer          NOT NULL,
  event_time   timestamptz      NOT NULL,
  available_at timestamptz      NOT NULL,
  epoch        bigint           NOT NULL,
  frame        bigint           NOT NULL,
  value        double precision NOT NULL,
  PRIMARY KEY (series, event_time, available_at)
) PARTITION BY RANGE (event_time);

-- The same of the features that come once a second: a partition a day, dropped when it is old.
CREATE TABLE feature_sampled_value (
  series       integer          NOT NULL,
  event_time   timestamptz      NOT NULL,
  available_at timestamptz      NOT NULL,
  epoch        bigint           NOT NULL,
  frame        bigint           NOT NULL,
  value        double precision NOT NULL,
  PRIMARY KEY (series, event_time, available_at)
) PARTITION BY RANGE (event_time);

-- What the sampled features of one second were made of: the best levels of a tradable book, as
-- price, quantity, price, quantity …, and what takers bought and sold since the sample before.
CREATE TABLE feature_sample (
  series     integer     NOT NULL,
  event_time timestamptz NOT NULL,
  epoch      bigint      NOT NULL,
  frame      bigint      NOT NULL,
  bids       numeric[]   NOT NULL,
  asks       numeric[]   NOT NULL,
  bought     numeric     NOT NULL,
  sold       numeric     NOT NULL,
  PRIMARY KEY (series, event_time)
) PARTITION BY RANGE (event_time);
