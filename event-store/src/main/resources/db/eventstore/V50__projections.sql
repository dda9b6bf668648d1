-- Where each projection stands. `epoch` is that of the newest holder of lease `projection:<name>`;
-- every write names the epoch and the position it starts from, so an old holder changes nothing.
-- Below `replay_until` (the head when it was created or reset) the projection replays history.
CREATE TABLE projection_position (
  projection   text PRIMARY KEY,
  position     bigint NOT NULL,
  epoch        bigint NOT NULL,
  replay_until bigint NOT NULL,
  updated_at   timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Events that a projection could not fold, and the later events of their streams, which must wait.
CREATE TABLE projection_dead_letter (
  projection      text NOT NULL,
  position        bigint NOT NULL,
  stream          text NOT NULL,
  sequence        bigint NOT NULL,
  payload_type    text NOT NULL,
  cause           text NOT NULL,
  parked_at       timestamptz NOT NULL DEFAULT now(),
  attempts        integer NOT NULL,
  retry_requested boolean NOT NULL DEFAULT false,
  PRIMARY KEY (projection, position)
);
CREATE INDEX projection_dead_letter_stream
  ON projection_dead_letter (projection, stream, position);

-- What each process says of itself, once a second.
CREATE TABLE process_heartbeat (
  process_id   text PRIMARY KEY,
  role         text NOT NULL,
  started_at   timestamptz NOT NULL,
  beat_at      timestamptz NOT NULL,
  lease_epochs jsonb NOT NULL,
  stats        jsonb NOT NULL
) WITH (fillfactor = 50);
