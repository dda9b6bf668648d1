package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardReading.Stand;
import dev.papertape.command.guards.GuardReading.Story;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which guards are tripped, by guard and scope; tells each change once. What is of a market must
 * last for a second before it counts, so that a book between two messages says nothing; what is of
 * the account counts at once. Owned by the engine's thread.
 */
final class StandingGuards {
  static final Duration MARKET_HOLD = Duration.ofSeconds(1);

  private record Key(GuardName guard, String scope) {}

  private final SortedMap<Key, GuardSeen> tripped =
      new TreeMap<>(Comparator.comparing(Key::guard).thenComparing(Key::scope));
  private final Map<Key, Instant> turning = new HashMap<>();

  StandingGuards(List<GuardSeen> tripped) {
    tripped.forEach(guard -> this.tripped.put(new Key(guard.guard(), guard.scope()), guard));
  }

  void judge(GuardReading reading, Instant feedTime, Consumer<GuardsEvent> out) {
    Key key = new Key(reading.guard(), reading.scope());
    boolean isTripped = tripped.containsKey(key);
    if (reading.stand() != (isTripped ? Stand.WITHIN : Stand.BEYOND)) {
      if (!turning.isEmpty()) {
        turning.remove(key);
      }
      return;
    }
    Duration hold = hold(reading.guard());
    if (!hold.isZero()) {
      Instant since = turning.computeIfAbsent(key, _ -> feedTime);
      if (since.plus(hold).isAfter(feedTime)) {
        return;
      }
      turning.remove(key);
    }
    if (isTripped) {
      clear(key, reading, null, feedTime, out);
    } else {
      trip(key, reading, feedTime, out);
    }
  }

  /**
   * Whatever the reading says, it is over; nothing happens when it is not tripped.
   *
   * @param reason what ended it
   */
  void clear(GuardReading reading, String reason, Instant feedTime, Consumer<GuardsEvent> out) {
    Key key = new Key(reading.guard(), reading.scope());
    if (tripped.containsKey(key)) {
      clear(key, reading, reason, feedTime, out);
    }
  }

  /**
   * What is tripped of symbols and venues that are followed no more is over.
   *
   * @param followed scopes that are
   */
  void retain(Set<String> followed, Instant feedTime, Consumer<GuardsEvent> out) {
    for (GuardSeen gone : tripped()) {
      if (gone.guard().scope() != GuardName.Scope.ACCOUNT && !followed.contains(gone.scope())) {
        tripped.remove(new Key(gone.guard(), gone.scope()));
        BigDecimal value = gone.value() == null ? BigDecimal.ZERO : gone.value();
        out.accept(
            new GuardCleared(
                gone.guard(),
                gone.scope(),
                value,
                gone.limit(),
                "it is followed no more",
                new TreeMap<>(),
                feedTime));
      }
    }
  }

  boolean isTripped(GuardName guard, String scope) {
    return tripped.containsKey(new Key(guard, scope));
  }

  /** In the order of the guards. */
  List<GuardSeen> tripped() {
    return List.copyOf(tripped.values());
  }

  private void trip(Key key, GuardReading reading, Instant feedTime, Consumer<GuardsEvent> out) {
    Story story = reading.story().get();
    tripped.put(
        key,
        new GuardSeen(
            key.guard(),
            key.scope(),
            reading.value(),
            reading.limit(),
            feedTime,
            story.clearsWhen()));
    out.accept(
        new GuardTripped(
            key.guard(),
            key.scope(),
            reading.valueOrZero(),
            reading.limit(),
            story.reason(),
            story.clearsWhen(),
            story.inputs(),
            feedTime));
  }

  private void clear(
      Key key,
      GuardReading reading,
      @Nullable String reason,
      Instant feedTime,
      Consumer<GuardsEvent> out) {
    tripped.remove(key);
    turning.remove(key);
    String within =
        "%s is at %s, the limit is %s"
            .formatted(
                key.guard(),
                reading.valueOrZero().toPlainString(),
                reading.limit().toPlainString());
    out.accept(
        new GuardCleared(
            key.guard(),
            key.scope(),
            reading.valueOrZero(),
            reading.limit(),
            reason == null ? within : reason,
            reading.story().get().inputs(),
            feedTime));
  }

  private static Duration hold(GuardName guard) {
    return switch (guard) {
      case NO_SYNCED_BOOK, STALE_DATA, SUSPECT_DATA, BUDGET_EXHAUSTED -> MARKET_HOLD;
      case HALTED,
          REDUCING,
          MAX_DRAWDOWN,
          LOSS_STREAK,
          CLOCK_SKEW,
          MIN_QUANTITY,
          LOT_STEP,
          MIN_NOTIONAL,
          MAX_NOTIONAL,
          MAX_EXPOSURE,
          ORDER_RATE ->
          Duration.ZERO;
    };
  }
}
