package dev.papertape.contracts.budget;

import dev.papertape.contracts.DomainEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was spent and refused: streams {@code provider:<NAME>} and {@code fallback:<CAPABILITY>}.
 */
public sealed interface BudgetEvent extends DomainEvent {
  /** The provider's time as far as it is known, else our clock's; of a choice our clock's. */
  Instant at();

  /** What happened to one provider's ledger. Its time never runs backwards. */
  sealed interface ProviderEvent extends BudgetEvent {
    String provider();
  }

  /** The ledger begins. */
  record ProviderRegistered(
      String provider, ProviderSettings settings, List<Quota> quotas, Instant at)
      implements ProviderEvent {}

  /** Capabilities, prices or shares are others from now on. */
  record ProviderChanged(String provider, ProviderSettings settings, Instant at)
      implements ProviderEvent {}

  /**
   * The quotas are these from now on. What was used of those that stay counts on; one that is new
   * begins with the most that was used by any of its kind.
   */
  record QuotaChanged(String provider, List<Quota> quotas, Instant at) implements ProviderEvent {}

  /**
   * A call may be made: its worst case is set aside until it is settled.
   *
   * @param costMicros the most that it can cost
   * @param probe whether it tries a provider whose breaker was open
   * @param deadline when it is given up if nobody has settled it
   */
  record CallReserved(
      String provider,
      String reservationId,
      Capability capability,
      long weight,
      long orders,
      long costMicros,
      boolean critical,
      boolean probe,
      Instant deadline,
      Instant at)
      implements ProviderEvent {}

  /**
   * The call is over; what it really used counts instead of its worst case.
   *
   * @param status of HTTP, null without an answer
   * @param calls 1, or 0 of one that never left
   * @param latencyMs from sending to the whole answer, or until it was given up
   * @param observed what the provider said of its own windows
   * @param late whether the reservation had expired before
   */
  record CallSettled(
      String provider,
      String reservationId,
      Capability capability,
      CallOutcome outcome,
      @Nullable Integer status,
      long calls,
      long weight,
      long orders,
      long costMicros,
      double latencyMs,
      List<ObservedUse> observed,
      boolean late,
      Instant at)
      implements ProviderEvent {}

  /**
   * Calls that were not made. The first of a storm has an event of its own; those that follow it
   * until {@code until} share the next one.
   *
   * @param until when there is room again, null when that depends on calls under way or on people
   * @param count how many, &ge; 1
   */
  record CallDenied(
      String provider,
      Capability capability,
      DenialReason reason,
      String detail,
      @Nullable Instant until,
      long count,
      Instant at)
      implements ProviderEvent {}

  /** Nobody settled the call in time: its worst case counts as used. */
  record ReservationExpired(String provider, String reservationId, Instant at)
      implements ProviderEvent {}

  /**
   * The provider's own count differs from ours in a way it did not before.
   *
   * @param ours settled and reserved
   * @param drift observed − ours
   */
  record QuotaObserved(
      String provider,
      QuotaKind kind,
      long periodMs,
      long observed,
      long ours,
      long drift,
      Instant at)
      implements ProviderEvent {}

  /**
   * It said that too much was asked.
   *
   * @param banned whether it is a ban (418)
   */
  record ProviderCooledDown(String provider, boolean banned, Instant until, Instant at)
      implements ProviderEvent {}

  /** It failed too often in a row. */
  record BreakerOpened(String provider, int failures, Instant until, Instant at)
      implements ProviderEvent {}

  /** It answers again. */
  record BreakerClosed(String provider, Instant at) implements ProviderEvent {}

  /**
   * Who was asked among several who could be, when that is news.
   *
   * @param subject what was asked for, for example a symbol
   * @param chosen null when nobody could be asked
   * @param rejected everybody else, best first
   */
  record FallbackChosen(
      Capability capability,
      String subject,
      @Nullable String chosen,
      List<Rejection> rejected,
      Instant at)
      implements BudgetEvent {}

  /** Who was not asked, and why. */
  record Rejection(String provider, DenialReason reason) {}
}
