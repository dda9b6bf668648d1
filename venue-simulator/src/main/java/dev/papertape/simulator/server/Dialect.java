package dev.papertape.simulator.server;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one connection's client is talked to; one a connection, called by one thread at a time. */
interface Dialect {

  /** What a dialect may do to its connection. */
  interface Line {
    void say(String json);

    boolean isKnown(String stream);

    Set<String> subscribed();

    /** Messages come from now on, or from the stream's snapshot on, where it has one. */
    void subscribe(List<String> streams);

    void unsubscribe(List<String> streams);
  }

  /** The connection is open; by default the client speaks first. */
  default void opened(Line line) {}

  /** The client sent a text. */
  void request(String text, Line line);

  /** The bytes of a stream's message on this connection; null = it is withheld. */
  byte @Nullable [] encode(OutboundMessage message);

  /** A message of this connection is lost on its way: numbered, but never sent. */
  default void lost(OutboundMessage message) {}

  /** Why a silent connection must end after so many seconds; null = it may stay. */
  default @Nullable String mustEnd(long secondsOpen) {
    return null;
  }
}
