package dev.papertape.eventstore.append;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the fact streams that were written lately end. Right only under the append lock and only
 * while the log's head is the position that this process wrote last: then no other process has
 * appended since. Owned by the appender thread.
 */
final class StreamHeads {
  private static final int MAX_STREAMS = 20_000;

  /** Last sequence of a stream (−1 for none) and its newest event ids. */
  static final class Head {
    private long sequence;
    private final Deque<UUID> newestIds = new ArrayDeque<>();

    Head(long sequence) {
      this.sequence = sequence;
    }

    long next() {
      return sequence + 1;
    }

    boolean contains(UUID eventId) {
      return newestIds.contains(eventId);
    }

    void append(long newSequence, UUID eventId) {
      sequence = Math.max(sequence, newSequence);
      remember(eventId);
    }

    void remember(UUID eventId) {
      newestIds.addLast(eventId);
      if (newestIds.size() > LogSession.REMEMBERED_IDS) {
        newestIds.removeFirst();
      }
    }
  }

  private final Map<String, Head> heads = new LinkedHashMap<>(16, 0.75f, true);
  private long validAt = -1;

  /** Forgets everything unless nobody has appended since {@link #validAt(long)}. */
  boolean keepIfValidAt(long head) {
    if (validAt == head) {
      return true;
    }
    clear();
    return false;
  }

  /** Everything here is right while the log ends at {@code head}; forgets the longest unused. */
  void validAt(long head) {
    validAt = head;
    Iterator<String> longestUnusedFirst = heads.keySet().iterator();
    while (heads.size() > MAX_STREAMS) {
      longestUnusedFirst.next();
      longestUnusedFirst.remove();
    }
  }

  void clear() {
    heads.clear();
    validAt = -1;
  }

  @Nullable Head get(String stream) {
    return heads.get(stream);
  }

  void put(String stream, Head head) {
    heads.put(stream, head);
  }
}
