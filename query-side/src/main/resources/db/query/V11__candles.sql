-- When each listed stream's candles were last complete, in milliseconds of feed time; null: never.
-- Projection "venues" folds it beside its other table, so that is folded again.
CREATE TABLE market_candle_sync (
  venue     text NOT NULL,
  symbol    text NOT NULL,
  synced_ms bigint,
  PRIMARY KEY (venue, symbol)
);
TRUNCATE market_venue;
DELETE FROM projection_dead_letter WHERE projection = 'venues';
DELETE FROM projection_position WHERE projection = 'venues';
