package dev.papertape.contracts.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that may be under way.
 *
 * @param costMicros the most that it can cost
 * @param probe whether it tries a provider whose breaker was open
 * @param expiredAt where its worst case is booked since nobody settled it; null while it is open
 */
public record Reservation(
    String id,
    Capability capability,
    long weight,
    long orders,
    long costMicros,
    boolean critical,
    boolean probe,
    Instant reservedAt,
    Instant deadline,
    @Nullable Instant expiredAt) {

  long amount(QuotaKind kind) {
    return switch (kind) {
      case CALLS -> 1;
      case WEIGHT -> weight;
      case ORDERS -> orders;
      case COST -> costMicros;
    };
  }

  Reservation expired(Instant at) {
    return new Reservation(
        id, capability, weight, orders, costMicros, critical, probe, reservedAt, deadline, at);
  }
}
