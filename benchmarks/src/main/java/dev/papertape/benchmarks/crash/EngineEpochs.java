package dev.papertape.benchmarks.crash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Follows the engine's events through the log, in its order. Their ids are SHA-256 over (seed,
 * epoch, kind, number of the fact), so each tells its epoch and number to whoever works it out
 * again. In log order epochs never fall, and those of one epoch are its facts 0, 1, 2 … without a
 * gap: a prefix of what that life of the engine did.
 *
 * <p>Costs one hash an event as long as that holds, whatever the size of the log; an event that
 * breaks it is looked for among the first 100,000 facts of every epoch.
 */
final class EngineEpochs {
  private static final long FACTS_SEARCHED = 100_000;
  private static final int STRAYS_NAMED = 5;

  private final long seed;
  private final MessageDigest digest;
  private final long[] events;
  private final List<String> findings = new ArrayList<>();
  private Fact expected = new Fact(0, 0);
  private long strays;

  /**
   * @param number of the fact within the epoch, from 0
   */
  private record Fact(int epoch, long number) {
    Fact next() {
      return new Fact(epoch, number + 1);
    }
  }

  /**
   * @param newestEpoch of the engine's lease; events of later ones are strays
   */
  EngineEpochs(long seed, int newestEpoch) {
    this.seed = seed;
    this.events = new long[newestEpoch + 1];
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  /** Takes the engine's next event in log order. */
  void accept(long position, UUID eventId) {
    if (follows(eventId)) {
      events[expected.epoch]++;
      expected = expected.next();
    } else {
      strayed(position, eventId);
    }
  }

  /** How many events each epoch wrote, from epoch 1. */
  List<Long> events() {
    return java.util.Arrays.stream(events).skip(1).boxed().toList();
  }

  /** Events that are not the next of their epoch, or of an epoch that was over. */
  long strays() {
    return strays;
  }

  /** One sentence for each of the first strays. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /**
   * Leaves in {@code expected} what the id is, if it is the next fact or the first of a new epoch.
   */
  private boolean follows(UUID eventId) {
    if (eventId.equals(id(expected))) {
      return true;
    }
    for (int epoch = expected.epoch + 1; epoch < events.length; epoch++) {
      Fact first = new Fact(epoch, 0);
      if (eventId.equals(id(first))) {
        expected = first;
        return true;
      }
    }
    return false;
  }

  private void strayed(long position, UUID eventId) {
    strays++;
    if (strays > STRAYS_NAMED) {
      return;
    }
    Optional<Fact> found = search(eventId);
    findings.add(
        "Position %d holds %s where fact %d of epoch %d should follow, or a newer epoch."
            .formatted(
                position,
                found
                    .map(fact -> "fact %d of epoch %d".formatted(fact.number, fact.epoch))
                    .orElse("event " + eventId + " of no known epoch"),
                expected.number,
                expected.epoch));
    // Behind a gap it goes on; what comes from the past does not move it.
    found
        .filter(
            fact ->
                fact.epoch > expected.epoch
                    || fact.epoch == expected.epoch && fact.number > expected.number)
        .ifPresent(fact -> expected = fact.next());
  }

  private Optional<Fact> search(UUID eventId) {
    for (int epoch = 1; epoch < events.length; epoch++) {
      for (long number = 0; number < FACTS_SEARCHED; number++) {
        Fact fact = new Fact(epoch, number);
        if (eventId.equals(id(fact))) {
          return Optional.of(fact);
        }
      }
    }
    return Optional.empty();
  }

  private UUID id(Fact fact) {
    digest.update(ByteBuffer.allocate(16).putLong(seed).putLong(fact.epoch).array());
    digest.update("EVENT".getBytes(StandardCharsets.US_ASCII));
    digest.update(ByteBuffer.allocate(8).putLong(fact.number).array());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
