package dev.papertape.eventstore.append;

/** A sequence number of a stream: at most one event stands there. */
record StreamPlace(String stream, long sequence) {}
