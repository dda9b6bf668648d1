package dev.papertape.command.guards;

import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.PositionMark;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written down of many readings. Pure. */
final class Observations {
  private static final Comparator<GuardReading> BY_VALUE =
      Comparator.comparing(
          GuardReading::value, Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder()));

  private Observations() {}

  /** Of each guard the scopes that are tripped, with their values now; else the nearest to it. */
  static List<GuardSeen> of(List<GuardReading> readings, List<GuardSeen> tripped) {
    List<GuardSeen> seen = new ArrayList<>();
    for (GuardName guard : GuardName.standing()) {
      List<GuardReading> own =
          readings.stream().filter(reading -> reading.guard() == guard).toList();
      List<GuardSeen> stands = tripped.stream().filter(each -> each.guard() == guard).toList();
      for (GuardSeen each : stands) {
        seen.add(
            own.stream()
                .filter(reading -> reading.scope().equals(each.scope()))
                .findFirst()
                .map(reading -> seen(reading, each))
                .orElse(each));
      }
      if (stands.isEmpty() && !own.isEmpty()) {
        seen.add(seen(own.stream().max(nearest(guard)).orElseThrow(), null));
      }
    }
    return seen;
  }

  /** Of the guards that only look at an order: their limits, and the exposure before any. */
  static List<GuardSeen> ofOrders(@Nullable PortfolioMarked mark, GuardLimits limits) {
    return List.of(
        new GuardSeen(
            GuardName.MAX_NOTIONAL,
            GuardName.Scope.ORDER.name(),
            null,
            limits.maxNotional(),
            null,
            null),
        exposure(mark, limits.maxExposure()));
  }

  /** Σ |position| · mark, at its average price where there is no mark. */
  private static GuardSeen exposure(@Nullable PortfolioMarked mark, BigDecimal limit) {
    BigDecimal gross = null;
    if (mark != null) {
      gross = BigDecimal.ZERO;
      for (PositionMark position : mark.positions()) {
        BigDecimal price = position.mark();
        gross =
            gross.add(
                position
                    .quantity()
                    .multiply(price == null ? position.averagePrice() : price)
                    .abs());
      }
    }
    return new GuardSeen(
        GuardName.MAX_EXPOSURE, GuardName.Scope.ACCOUNT.name(), gross, limit, null, null);
  }

  private static GuardSeen seen(GuardReading reading, @Nullable GuardSeen tripped) {
    return new GuardSeen(
        reading.guard(),
        reading.scope(),
        reading.value(),
        reading.limit(),
        tripped == null ? null : tripped.since(),
        tripped == null ? null : tripped.clearsWhen());
  }

  /** Of most guards the larger value is the worse one; two count what is still good. */
  private static Comparator<GuardReading> nearest(GuardName guard) {
    return guard == GuardName.NO_SYNCED_BOOK || guard == GuardName.BUDGET_EXHAUSTED
        ? BY_VALUE.reversed()
        : BY_VALUE;
  }
}
