package dev.papertape.simulator.server;

import dev.papertape.simulator.wire.Fault;
import dev.papertape.simulator.wire.Tampering;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who listens to what at one venue. Thread-safe. */
final class VenueStreams {

  private static final int MOST_SESSIONS = 300;

  /** A session that waits for a stream's snapshot; it joins the stream when it is sent. */
  record Newcomer(String stream, StreamSession session) {}

  private final Map<String, Set<StreamSession>> listeners = new ConcurrentHashMap<>();
  private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<StreamSession>> awaiting = new ConcurrentHashMap<>();
  private final Queue<Newcomer> newcomers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger depthToLose = new AtomicInteger();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

  private final Tampering tampering;

  VenueStreams(Collection<String> streams, Tampering tampering) {
    this.tampering = tampering;
    for (String stream : streams) {
      listeners.put(stream, new CopyOnWriteArraySet<>());
      awaiting.put(stream, new CopyOnWriteArraySet<>());
    }
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
    awaiting.values().forEach(waiting -> waiting.remove(session));
  }

  void subscribe(StreamSession session, Collection<String> streams) {
    for (String stream : streams) {
      if (isBookWithSnapshot(stream)) {
        awaiting(stream).add(session);
        newcomers.add(new Newcomer(stream, session));
      } else {
        of(stream).add(session);
      }
    }
  }

  void unsubscribe(StreamSession session, Collection<String> streams) {
    for (String stream : streams) {
      if (isKnown(stream)) {
        awaiting(stream).remove(session);
        of(stream).remove(session);
      }
    }
  }

  /** The next session that waits for a snapshot, null when none does. */
  @Nullable Newcomer nextNewcomer() {
    return newcomers.poll();
  }

  /**
   * Whether a message of the stream is to be written: somebody hears it, or will once the snapshot
   * that is on its way to him, and ahead of this message, has come.
   */
  boolean wants(String stream) {
    return isHeard(stream) || !awaiting(stream).isEmpty();
  }

  private boolean isHeard(String stream) {
    return !of(stream).isEmpty();
  }

  /**
   * @param newcomer whom alone the message is for, and who hears the stream from then on; null for
   *     all who listen
   */
  void publish(String stream, String json, @Nullable StreamSession newcomer) {
    var message = new OutboundMessage(stream, json);
    if (newcomer != null) {
      newcomer.send(message);
      if (awaiting(stream).remove(newcomer) && sessions.contains(newcomer)) {
        of(stream).add(newcomer);
      }
    } else if (tampering.depth().test(stream) && isHeard(stream) && takeOneToLose()) {
      of(stream).forEach(session -> session.lose(message));
    } else {
      Fault fault = takeFault(stream, json);
      var sent =
          fault == null ? message : OutboundMessage.broken(stream, tampering.tamper(fault, json));
      of(stream).forEach(session -> session.send(sent));
    }
  }

  /** The next message that the fault can hit is sent broken. */
  void breakNext(Fault fault) {
    faults.add(fault);
  }

  private @Nullable Fault takeFault(String stream, String json) {
    if (faults.isEmpty() || !isHeard(stream)) {
      return null;
    }
    for (Fault fault : faults) {
      if (tampering.hits(fault, stream, json)) {
        faults.remove(fault);
        return fault;
      }
    }
    return null;
  }

  /** The next {@code count} changes of any book are lost on their way, for all who listen. */
  void loseDepth(int count) {
    depthToLose.addAndGet(count);
  }

  private boolean takeOneToLose() {
    return depthToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private static boolean isBookWithSnapshot(String stream) {
    return stream.startsWith("level2/") || stream.startsWith("book/");
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

  private Set<StreamSession> awaiting(String stream) {
    return awaiting.getOrDefault(stream, Set.of());
  }

  private Set<StreamSession> of(String stream) {
    return listeners.getOrDefault(stream, Set.of());
  }
}
