package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand.CountDenials;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Denials that make no event of their own. While a provider said when there is room again, its
 * ledger is not even read for each of a storm's calls: only once a second, in case an operator gave
 * it more room. Thread-safe.
 */
final class Denials {
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_UNWRITTEN = Duration.ofMinutes(1);

  /** Calls that are denied alike. */
  private record Kind(String provider, Capability capability, boolean critical, long weight) {}

  private record Subject(String provider, Capability capability, DenialReason reason) {}

  private record Standing(Denied denied, Instant askAgainAt) {}

  private static final class Count {
    private long count;
    private @Nullable Instant until;
    private Duration ahead = Duration.ZERO; // The provider's clock less ours, at the newest.
    private Instant writeAt;

    Count(Instant writeAt) {
      this.writeAt = writeAt;
    }
  }

  private final InstantSource clock;
  private final Map<Kind, Standing> standing = new HashMap<>();
  private final Map<Subject, Count> counts = new HashMap<>();

  Denials(InstantSource clock) {
    this.clock = clock;
  }

  /** The denial that holds for this call without asking. */
  synchronized Optional<Denied> known(ReserveCall call) {
    Standing known = standing.get(kind(call));
    if (known == null) {
      return Optional.empty();
    }
    Instant until = known.denied.until();
    boolean holds =
        until != null && call.at().isBefore(until) && clock.instant().isBefore(known.askAgainAt);
    return holds ? Optional.of(known.denied) : Optional.empty();
  }

  synchronized void denied(ReserveCall call, Denied denied) {
    Instant now = clock.instant();
    Standing known = standing.get(kind(call));
    if (known == null || known.denied != denied) {
      Denied next = new Denied(denied.reason(), denied.detail(), denied.until(), false);
      standing.put(kind(call), new Standing(next, now.plus(ASK_AGAIN)));
    }
    if (!denied.written()) {
      Count count =
          counts.computeIfAbsent(
              new Subject(call.provider(), call.capability(), denied.reason()),
              subject -> new Count(now.plus(LONGEST_UNWRITTEN)));
      count.count++;
      Instant until = denied.until();
      count.until = until;
      count.ahead = Duration.between(now, call.at());
      if (until != null) {
        Instant over = now.plus(Duration.between(call.at(), until));
        count.writeAt = over.isBefore(count.writeAt) ? over : count.writeAt;
      }
    }
  }

  /** What was {@link #due} and could not be written; it is due again at once. */
  synchronized void putBack(CountDenials unwritten) {
    Instant now = clock.instant();
    Count count =
        counts.computeIfAbsent(
            new Subject(unwritten.provider(), unwritten.capability(), unwritten.reason()),
            subject -> {
              Count kept = new Count(now);
              kept.until = unwritten.until();
              kept.ahead = Duration.between(now, unwritten.at());
              return kept;
            });
    count.count += unwritten.count();
    count.writeAt = now;
  }

  /** Counts whose reset has passed, or all of them; they are not told again. */
  synchronized List<CountDenials> due(boolean all) {
    Instant now = clock.instant();
    standing.values().removeIf(each -> !now.isBefore(each.askAgainAt));
    List<CountDenials> due = new ArrayList<>();
    for (Iterator<Map.Entry<Subject, Count>> each = counts.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Subject, Count> next = each.next();
      Count count = next.getValue();
      if (all || !now.isBefore(count.writeAt)) {
        Subject of = next.getKey();
        due.add(
            new CountDenials(
                of.provider,
                of.capability,
                of.reason,
                count.until,
                count.count,
                now.plus(count.ahead)));
        each.remove();
      }
    }
    return due;
  }

  private static Kind kind(ReserveCall call) {
    return new Kind(call.provider(), call.capability(), call.critical(), call.weight());
  }
}
