-- One-minute candles as they stand; longer ones are derived when read. One partition a month, made
-- by whoever writes the month's first candle. A row that changes leaves what it was to
-- candle_superseded, by trigger, so that no writer can forget it.
CREATE TABLE candle (
  venue       text        NOT NULL,
  symbol      text        NOT NULL,
  open_time   timestamptz NOT NULL,
  open        numeric     NOT NULL,
  high        numeric     NOT NULL,
  low         numeric     NOT NULL,
  close       numeric     NOT NULL,
  volume      numeric     NOT NULL,
  vwap        numeric,
  trades      bigint,
  source      text        NOT NULL,
  state       text        NOT NULL,
  reasons     text[]      NOT NULL,
  received_at timestamptz NOT NULL,
  revision    integer     NOT NULL DEFAULT 0,
  PRIMARY KEY (venue, symbol, open_time),
  CHECK (source IN ('STREAM', 'REST', 'TRADES')),
  CHECK (state IN ('ACCEPTED', 'FLAGGED', 'QUARANTINED'))
) PARTITION BY RANGE (open_time);

-- Open times that no venue can mean: a broken record must not make a partition of its own.
CREATE TABLE candle_elsewhere PARTITION OF candle DEFAULT;

-- Earlier revisions, never changed; few, so one table.
CREATE TABLE candle_superseded (
  venue       text        NOT NULL,
  symbol      text        NOT NULL,
  open_time   timestamptz NOT NULL,
  open        numeric     NOT NULL,
  high        numeric     NOT NULL,
  low         numeric     NOT NULL,
  close       numeric     NOT NULL,
  volume      numeric     NOT NULL,
  vwap        numeric,
  trades      bigint,
  source      text        NOT NULL,
  state       text        NOT NULL,
  reasons     text[]      NOT NULL,
  received_at timestamptz NOT NULL,
  revision    integer     NOT NULL,
  PRIMARY KEY (venue, symbol, open_time, revision)
);

CREATE FUNCTION candle_keep_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO candle_superseded
  VALUES (OLD.venue, OLD.symbol, OLD.open_time, OLD.open, OLD.high, OLD.low, OLD.close, OLD.volume,
          OLD.vwap, OLD.trades, OLD.source, OLD.state, OLD.reasons, OLD.received_at, OLD.revision);
  RETURN NULL;
END
$$;
CREATE TRIGGER candle_superseded AFTER UPDATE OR DELETE ON candle
  FOR EACH ROW EXECUTE FUNCTION candle_keep_superseded();

-- Minutes that a stream's history is complete for: a minute within without a candle is one in which
-- nobody traded. Rows may touch or overlap; a stream has one a pause of its feed.
CREATE TABLE candle_coverage (
  venue     text        NOT NULL,
  symbol    text        NOT NULL,
  from_time timestamptz NOT NULL,
  to_time   timestamptz NOT NULL,
  PRIMARY KEY (venue, symbol, from_time),
  CHECK (from_time < to_time)
) WITH (fillfactor = 50);
