-- budget: where in the log each provider's ledger can be read from. What happened stays in the log,
-- so that a ledger can be shown as of any position.

-- A ledger's state right after some of its events.
CREATE TABLE budget_state (
  provider text   NOT NULL,
  position bigint NOT NULL,
  sequence bigint NOT NULL,
  view     json   NOT NULL,
  PRIMARY KEY (provider, position)
);

-- Everything that was spent, refused and chosen; provider is empty when nobody could be chosen.
CREATE TABLE budget_event (
  position bigint PRIMARY KEY,
  provider text   NOT NULL,
  type     text   NOT NULL
);
CREATE INDEX budget_event_provider ON budget_event (provider, position);

-- Choices among several providers.
CREATE TABLE budget_route (
  capability text   NOT NULL,
  subject    text   NOT NULL,
  position   bigint NOT NULL,
  PRIMARY KEY (capability, subject, position)
);
