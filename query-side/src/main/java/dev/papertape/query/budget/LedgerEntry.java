package dev.papertape.query.budget;

import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code GET /api/budget/ledger}; null is what an event of its type does not say.
 *
 * @param at the provider's time
 * @param weight reserved or settled
 * @param cost reserved or settled, in the provider's currency
 * @param count calls denied
 */
record LedgerEntry(
    long position,
    Instant recordedAt,
    Instant at,
    String type,
    @Nullable String provider,
    @Nullable String reservationId,
    @Nullable Capability capability,
    @Nullable Long weight,
    @Nullable BigDecimal cost,
    @Nullable CallOutcome outcome,
    @Nullable Integer status,
    @Nullable Double latencyMs,
    @Nullable DenialReason reason,
    @Nullable Long count,
    @Nullable Instant until) {

  static LedgerEntry of(long position, Instant recordedAt, String type, BudgetEvent event) {
    Line line = new Line(position, recordedAt, type, event.at());
    switch (event) {
      case BudgetEvent.CallReserved reserved -> {
        line.call(reserved.reservationId(), reserved.capability());
        line.amounts(reserved.weight(), reserved.costMicros());
        line.until = reserved.deadline();
      }
      case BudgetEvent.CallSettled settled -> {
        line.call(settled.reservationId(), settled.capability());
        line.amounts(settled.weight(), settled.costMicros());
        line.outcome = settled.outcome();
        line.status = settled.status();
        line.latencyMs = settled.latencyMs();
      }
      case BudgetEvent.CallDenied denied -> {
        line.capability = denied.capability();
        line.reason = denied.reason();
        line.count = denied.count();
        line.until = denied.until();
      }
      case BudgetEvent.ReservationExpired expired -> line.reservationId = expired.reservationId();
      case BudgetEvent.ProviderCooledDown cooled -> line.until = cooled.until();
      case BudgetEvent.BreakerOpened opened -> line.until = opened.until();
      case BudgetEvent.FallbackChosen chosen -> line.capability = chosen.capability();
      case BudgetEvent.ProviderRegistered _,
          BudgetEvent.ProviderChanged _,
          BudgetEvent.QuotaChanged _,
          BudgetEvent.QuotaObserved _,
          BudgetEvent.BreakerClosed _ -> {
        // Says nothing of one call.
      }
    }
    String provider =
        switch (event) {
          case BudgetEvent.ProviderEvent ofProvider -> ofProvider.provider();
          case BudgetEvent.FallbackChosen chosen -> chosen.chosen();
        };
    return line.of(provider);
  }

  private static final class Line {
    private static final int MICRO_DECIMALS = 6;
    private final long position;
    private final Instant recordedAt;
    private final String type;
    private final Instant at;
    private @Nullable String reservationId;
    private @Nullable Capability capability;
    private @Nullable Long weight;
    private @Nullable BigDecimal cost;
    private @Nullable CallOutcome outcome;
    private @Nullable Integer status;
    private @Nullable Double latencyMs;
    private @Nullable DenialReason reason;
    private @Nullable Long count;
    private @Nullable Instant until;

    Line(long position, Instant recordedAt, String type, Instant at) {
      this.position = position;
      this.recordedAt = recordedAt;
      this.type = type;
      this.at = at;
    }

    void call(String id, Capability of) {
      reservationId = id;
      capability = of;
    }

    void amounts(long itsWeight, long costMicros) {
      weight = itsWeight;
      cost = BigDecimal.valueOf(costMicros, MICRO_DECIMALS);
    }

    LedgerEntry of(@Nullable String provider) {
      return new LedgerEntry(
          position,
          recordedAt,
          at,
          type,
          provider,
          reservationId,
          capability,
          weight,
          cost,
          outcome,
          status,
          latencyMs,
          reason,
          count,
          until);
    }
  }
}
