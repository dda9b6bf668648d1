-- quality: where in the log each stream's counts stand, and what became of quarantined records.
-- The counts and the records themselves stay in the log, so that the past can be asked for.

-- Streams that a venue lists or that something came of; symbol is empty where none can be told.
CREATE TABLE quality_stream (
  venue    text   NOT NULL,
  symbol   text   NOT NULL,
  channel  text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (venue, symbol, channel)
);

-- Events that hold the stream's counts since the engine's life began.
CREATE TABLE quality_observed (
  venue    text   NOT NULL,
  symbol   text   NOT NULL,
  channel  text   NOT NULL,
  position bigint NOT NULL,
  life     bigint NOT NULL,
  PRIMARY KEY (venue, symbol, channel, position)
);

-- What all lives before this one had counted.
CREATE TABLE quality_life (
  venue   text   NOT NULL,
  symbol  text   NOT NULL,
  channel text   NOT NULL,
  life    bigint NOT NULL,
  view    json   NOT NULL,
  PRIMARY KEY (venue, symbol, channel, life)
);

-- Running totals of quarantined records after each event about one.
CREATE TABLE quality_quarantined (
  venue     text   NOT NULL,
  symbol    text   NOT NULL,
  channel   text   NOT NULL,
  position  bigint NOT NULL,
  records   bigint NOT NULL,
  released  bigint NOT NULL,
  discarded bigint NOT NULL,
  PRIMARY KEY (venue, symbol, channel, position)
);

CREATE TABLE quality_quarantine (
  quarantine_id    text   PRIMARY KEY,
  position         bigint NOT NULL,
  venue            text   NOT NULL,
  symbol           text   NOT NULL,
  channel          text   NOT NULL,
  reason           text   NOT NULL,
  status           text   NOT NULL,
  records          bigint NOT NULL,
  decided_position bigint
);
CREATE INDEX quality_quarantine_position ON quality_quarantine (position);
CREATE INDEX quality_quarantine_status ON quality_quarantine (status, position);
CREATE INDEX quality_quarantine_stream ON quality_quarantine (venue, symbol, channel, position);
CREATE INDEX quality_quarantine_reason ON quality_quarantine (reason, position);

-- Feed time as it went on, also while no stream changes.
CREATE TABLE quality_clock (
  position    bigint PRIMARY KEY,
  feed_millis bigint NOT NULL
);
