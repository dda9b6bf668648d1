-- The event log. Positions are 1, 2, 3 … without a hole, in commit order: the appender assigns them
-- under an advisory lock, never by a sequence. Rows are never changed or deleted.
CREATE TABLE event_log (
  position         bigint      PRIMARY KEY,
  aggregate_id     text        NOT NULL,
  sequence         bigint      NOT NULL,
  aggregate_type   text        NOT NULL,
  event_id         uuid        NOT NULL,
  recorded_at      timestamptz NOT NULL,
  payload_type     text        NOT NULL,
  payload_revision text        NOT NULL,
  payload          bytea       NOT NULL,
  metadata         bytea       NOT NULL,
  leaf_hash        bytea       NOT NULL,
  CONSTRAINT event_log_aggregate_id_sequence_key UNIQUE (aggregate_id, sequence)
);

-- Canonical JSON of a decision is often 2 to 6 KB: kept in the row, not compressed and not moved out
-- of line, since compressing would cost more than the write itself and sequential reads want one file.
ALTER TABLE event_log ALTER COLUMN payload SET STORAGE EXTERNAL;
ALTER TABLE event_log ALTER COLUMN metadata SET STORAGE EXTERNAL;
ALTER TABLE event_log SET (toast_tuple_target = 8160);

CREATE VIEW event_log_readable AS
SELECT position, aggregate_id, sequence, aggregate_type, event_id, recorded_at, payload_type,
       payload_revision, convert_from(payload, 'UTF8')::json AS payload,
       convert_from(metadata, 'UTF8')::json AS metadata, encode(leaf_hash, 'hex') AS leaf_hash
FROM event_log;

-- The newest snapshot of each aggregate; only a cache, may be emptied at any time.
CREATE TABLE snapshot (
  aggregate_id     text        PRIMARY KEY,
  sequence         bigint      NOT NULL,
  aggregate_type   text        NOT NULL,
  event_id         uuid        NOT NULL,
  recorded_at      timestamptz NOT NULL,
  payload_type     text        NOT NULL,
  payload_revision text,
  payload          bytea       NOT NULL,
  metadata         bytea       NOT NULL
);

-- Idempotency keys with their replies, written in the transaction that appends the events.
CREATE TABLE idempotency (
  key        text        PRIMARY KEY,
  body_hash  text        NOT NULL,
  subject    text        NOT NULL,
  reply      bytea,
  position   bigint      NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX idempotency_created_at_idx ON idempotency (created_at);

-- Who may do what only one process may do. The epoch grows by one at each change of holder, which
-- happens under the append lock, so that no append of the old epoch can commit after it.
CREATE TABLE lease (
  name       text        PRIMARY KEY,
  epoch      bigint      NOT NULL,
  holder     text,
  expires_at timestamptz NOT NULL
);
