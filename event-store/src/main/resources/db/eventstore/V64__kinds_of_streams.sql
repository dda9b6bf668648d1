-- Streams that are many by their names, but hold few events: who follows all of a kind must not
-- read the whole log for it. Partial, so that orders and fills do not pay for them.
CREATE INDEX event_log_registries_idx ON event_log (position)
  WHERE aggregate_type IN ('alpha', 'promotion');
CREATE INDEX event_log_signal_streams_idx ON event_log (aggregate_id)
  WHERE aggregate_type = 'signal';
