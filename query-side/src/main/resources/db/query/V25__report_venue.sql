-- report, venues: sums of a second (kept for two hours), minute, hour and day of feed time, exact, so that
-- rows add up to any window. first_position: of the first event in the row; a row of the past that is
-- entered again (feed time went back) is another row, so the report can be read as of any position.
-- Venue '' holds what is of no single venue. Samples: dev.papertape.query.report.Percentiles.
CREATE TABLE report_venue_rollup (
  resolution           text    NOT NULL,
  venue                text    NOT NULL,
  start                bigint  NOT NULL,
  first_position       bigint  NOT NULL,
  orders               numeric NOT NULL,
  legs                 numeric NOT NULL,
  legs_ended           numeric NOT NULL,
  rejects              numeric NOT NULL,
  sent_value           numeric NOT NULL,
  filled_value         numeric NOT NULL,
  fills                numeric NOT NULL,
  notional             numeric NOT NULL,
  fees                 numeric NOT NULL,
  priced_notional      numeric NOT NULL,
  slippage             numeric NOT NULL,
  quoted_fills         numeric NOT NULL,
  quoted_notional      numeric NOT NULL,
  improvement          numeric NOT NULL,
  marked_1             numeric NOT NULL,
  marked_1_notional    numeric NOT NULL,
  realized_1           numeric NOT NULL,
  marked_10            numeric NOT NULL,
  marked_10_notional   numeric NOT NULL,
  realized_10          numeric NOT NULL,
  marked_60            numeric NOT NULL,
  marked_60_notional   numeric NOT NULL,
  realized_60          numeric NOT NULL,
  compared             numeric NOT NULL,
  won                  numeric NOT NULL,
  resyncs              numeric NOT NULL,
  shortfalls           numeric NOT NULL,
  delay                numeric NOT NULL,
  trading              numeric NOT NULL,
  opportunity          numeric NOT NULL,
  shortfall_fees       numeric NOT NULL,
  slippage_samples     text,
  time_to_fill_samples text,
  PRIMARY KEY (resolution, venue, start, first_position)
);
CREATE INDEX report_venue_rollup_start ON report_venue_rollup (resolution, start);

CREATE TABLE report_venue (
  venue          text   PRIMARY KEY,
  first_position bigint NOT NULL,
  since_ms       bigint NOT NULL
);

CREATE TABLE report_venue_score (
  venue    text             NOT NULL,
  position bigint           NOT NULL,
  score    double precision NOT NULL,
  PRIMARY KEY (venue, position)
);

-- Disjoint intervals in which a venue's feed was down, with the sum of all before: any window costs
-- two look-ups. Venue '': time in which the engine observed nothing.
CREATE TABLE report_venue_down (
  venue           text   NOT NULL,
  first_position  bigint NOT NULL,
  from_ms         bigint NOT NULL,
  to_ms           bigint,
  closed_position bigint,
  before_ms       bigint NOT NULL,
  episode         bigint NOT NULL,
  PRIMARY KEY (venue, first_position)
);
CREATE INDEX report_venue_down_from ON report_venue_down (venue, from_ms, first_position);

-- Feed time by position, one row a second of it.
CREATE TABLE report_venue_clock (
  first_position bigint PRIMARY KEY,
  feed_ms        bigint NOT NULL
);

-- What folding goes on from: routed orders that are not over, fills whose marks are still to come.
CREATE TABLE report_venue_order (
  order_id text PRIMARY KEY,
  view     json NOT NULL
);
CREATE TABLE report_venue_fill (
  fill_id text   PRIMARY KEY,
  feed_ms bigint NOT NULL,
  view    json   NOT NULL
);
