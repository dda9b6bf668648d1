-- regime: the positions at which each symbol's label changed; the facts stay in the log.
CREATE TABLE regime_symbol (
  symbol text PRIMARY KEY
);
CREATE TABLE regime_change (
  symbol   text   NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (symbol, position)
);
