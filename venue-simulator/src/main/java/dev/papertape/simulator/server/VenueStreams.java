package dev.papertape.simulator.server;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** Who listens to what at one venue. Thread-safe. */
final class VenueStreams {

  private static final int MOST_SESSIONS = 300;

  private final Map<String, Set<StreamSession>> listeners = new ConcurrentHashMap<>();
  private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();

  VenueStreams(Collection<String> streams) {
    streams.forEach(stream -> listeners.put(stream, new CopyOnWriteArraySet<>()));
  }

  boolean isKnown(String stream) {
    return listeners.containsKey(stream);
  }

  boolean isFull() {
    return sessions.size() >= MOST_SESSIONS;
  }

  void opened(StreamSession session) {
    sessions.add(session);
  }

  void closed(StreamSession session) {
    sessions.remove(session);
    listeners.values().forEach(listening -> listening.remove(session));
  }

  void subscribe(StreamSession session, Collection<String> streams) {
    streams.forEach(stream -> of(stream).add(session));
  }

  void unsubscribe(StreamSession session, Collection<String> streams) {
    streams.forEach(stream -> of(stream).remove(session));
  }

  boolean wants(String stream) {
    return !of(stream).isEmpty();
  }

  void publish(String stream, String json) {
    var message = new OutboundMessage(stream, json);
    of(stream).forEach(session -> session.send(message));
  }

  /** Sends pings and closes what is too old or silent. */
  void tend() {
    sessions.forEach(StreamSession::tend);
  }

  /**
   * Cuts every connection without a closing handshake, as a failing network does.
   *
   * @return how many there were
   */
  int drop() {
    var dropped = Set.copyOf(sessions);
    dropped.forEach(StreamSession::abort);
    return dropped.size();
  }

  int size() {
    return sessions.size();
  }

  private Set<StreamSession> of(String stream) {
    return listeners.getOrDefault(stream, Set.of());
  }
}
