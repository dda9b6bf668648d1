-- The router's snapshot can be read as of any position: its tables point into the log instead of
-- keeping the newest. Views become json, which holds every string that an event can (jsonb has no
-- U+0000, and one such string stopped its projection). All read models are folded again.
DROP TABLE router_venue, router_recent, router_second, router_clock;
DROP TABLE execution_second, execution_clock;
TRUNCATE market_venue, execution_order, execution_fill, execution_portfolio;
DELETE FROM projection_dead_letter WHERE projection IN ('router', 'venues', 'execution');
DELETE FROM projection_position WHERE projection IN ('router', 'venues', 'execution');

-- router: venues, the positions of their scores.
CREATE TABLE router_venue (
  venue text PRIMARY KEY
);
CREATE TABLE router_score (
  venue    text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (venue, position)
);

-- Runs of decisions (of blocked orders) within one feed second: from the first position to the last;
-- left_position is that of the event with which the second left the last minute of feed time.
CREATE TABLE router_second (
  first_position bigint PRIMARY KEY,
  second         bigint NOT NULL,
  last_position  bigint NOT NULL,
  counted        bigint NOT NULL,
  left_position  bigint
);
CREATE INDEX router_second_in_minute ON router_second
  USING gist (int8range(first_position, left_position));
CREATE TABLE execution_second (
  first_position bigint PRIMARY KEY,
  second         bigint NOT NULL,
  last_position  bigint NOT NULL,
  counted        bigint NOT NULL,
  left_position  bigint
);
CREATE INDEX execution_second_in_minute ON execution_second
  USING gist (int8range(first_position, left_position));

ALTER TABLE market_venue ALTER COLUMN view TYPE json;
ALTER TABLE execution_order ALTER COLUMN view TYPE json;
ALTER TABLE execution_fill ALTER COLUMN view TYPE json;
ALTER TABLE execution_portfolio ALTER COLUMN view TYPE json;
