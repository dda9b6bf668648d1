package dev.papertape.contracts.budget;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rule of the ledger: whether one more call may be made now. */
public final class Admission {
  private Admission() {}

  /**
   * A call that somebody would like to make.
   *
   * @param costMicros the most that it can cost; null when the price list says it
   */
  public record Wish(
      Capability capability,
      long weight,
      long orders,
      @Nullable Long costMicros,
      boolean critical) {
    public Wish {
      if (weight < 0 || weight > Quota.MOST || orders < 0 || orders > Quota.MOST) {
        throw new IllegalArgumentException("a weight of " + weight + ", " + orders + " orders");
      }
      if (costMicros != null && (costMicros < 0 || costMicros > Quota.MOST)) {
        throw new IllegalArgumentException("a cost of " + costMicros);
      }
    }

    long amount(QuotaKind kind, long worstCostMicros) {
      return switch (kind) {
        case CALLS -> 1;
        case WEIGHT -> weight;
        case ORDERS -> orders;
        case COST -> worstCostMicros;
      };
    }
  }

  /**
   * Why it may not.
   *
   * @param until when there is room again, null when that depends on calls under way or on people
   */
  public record Denial(DenialReason reason, String detail, @Nullable Instant until) {}

  /** The most that it can cost in micro-units; empty when nobody knows. */
  public static OptionalLong worstCostMicros(ProviderState state, Wish wish) {
    return wish.costMicros() == null
        ? state.settings().worstCostMicros(wish.capability())
        : OptionalLong.of(wish.costMicros());
  }

  /** Empty when the call may be made. */
  public static Optional<Denial> denial(ProviderState state, Wish wish, Instant asked) {
    Instant at = state.noEarlier(asked);
    if (state.settings().offer(wish.capability()).isEmpty()) {
      return denied(
          DenialReason.NO_CAPABILITY,
          state.provider() + " does not offer " + wish.capability(),
          null);
    }
    if (state.isLimited(at)) {
      return denied(
          state.banned() ? DenialReason.BANNED : DenialReason.COOLING_DOWN,
          "rate limited until " + state.limitedUntil(),
          state.limitedUntil());
    }
    Breaker.Position breaker = state.breaker().at(at);
    boolean probing = state.open().values().stream().anyMatch(Reservation::probe);
    if (breaker == Breaker.Position.OPEN || (breaker == Breaker.Position.HALF_OPEN && probing)) {
      return denied(
          DenialReason.BREAKER_OPEN,
          state.breaker().failures() + " failures in a row",
          breaker == Breaker.Position.OPEN ? state.breaker().openUntil() : null);
    }
    OptionalLong cost = worstCostMicros(state, wish);
    if (cost.isEmpty()) {
      return denied(
          DenialReason.UNKNOWN_COST,
          "the price of " + wish.capability() + " is not known, and there is no ceiling",
          null);
    }
    if (state.open().size() >= ProviderState.MOST_OPEN) {
      return denied(
          DenialReason.TOO_MANY_IN_FLIGHT, state.open().size() + " calls are under way", null);
    }
    return state.windows().stream()
        .flatMap(window -> full(state, window, wish, cost.getAsLong(), at).stream())
        .findFirst();
  }

  private static Optional<Denial> full(
      ProviderState state, WindowUse window, Wish wish, long costMicros, Instant at) {
    Quota quota = window.quota();
    long amount = wish.amount(quota.kind(), costMicros);
    if (amount == 0) {
      return Optional.empty();
    }
    long kept =
        wish.critical()
            ? 0
            : quota.limit() / 100 * state.settings().criticalPercent()
                + quota.limit() % 100 * state.settings().criticalPercent() / 100;
    long usable = quota.limit() - kept;
    long taken = state.taken(window, at);
    if (amount <= usable - taken) {
      return Optional.empty();
    }
    String detail =
        "%s %d of %d used in %d ms, %d asked for"
            .formatted(name(quota.kind()), taken, quota.limit(), quota.periodMs(), amount);
    if (amount > usable) {
      return denied(DenialReason.NEVER_FITS, detail, null);
    }
    // What is under way may end smaller than it was reserved, or when nobody knows.
    boolean untilReset = amount > usable - window.usedAt(at);
    DenialReason reason =
        quota.kind() == QuotaKind.COST
            ? DenialReason.BUDGET_EXHAUSTED
            : amount <= quota.limit() - taken
                ? DenialReason.KEPT_FOR_CRITICAL
                : DenialReason.QUOTA_EXHAUSTED;
    return denied(reason, detail, untilReset ? window.fallsTo(usable - amount, at) : null);
  }

  private static String name(QuotaKind kind) {
    return switch (kind) {
      case CALLS -> "calls";
      case WEIGHT -> "weight";
      case ORDERS -> "orders";
      case COST -> "cost";
    };
  }

  private static Optional<Denial> denied(
      DenialReason reason, String detail, @Nullable Instant until) {
    return Optional.of(new Denial(reason, detail, until));
  }
}
