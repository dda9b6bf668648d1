package dev.papertape.contracts.budget;

import dev.papertape.contracts.AggregateCommand;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of a provider's ledger. */
public sealed interface BudgetCommand extends AggregateCommand {
  /** Every provider's stream, and aggregate, is called so with its name behind. */
  String PREFIX = "provider:";

  String provider();

  @Override
  default String aggregateId() {
    return PREFIX + provider();
  }

  /** Begins the ledger with the settings of the configuration; changes nothing if there is one. */
  record RegisterProvider(
      String provider, ProviderSettings settings, List<Quota> quotas, Instant at)
      implements BudgetCommand {}

  /** An operator's settings; begins the ledger if there is none. Replied with {@code Boolean}. */
  record PutProvider(String provider, ProviderSettings settings, List<Quota> quotas, Instant at)
      implements BudgetCommand {}

  /**
   * Asks for a call. Replied with a {@link ReserveReply}.
   *
   * @param reservationId unique
   * @param costMicros the most that it can cost; null when the price list says it
   * @param deadline when it is given up if nobody has settled it; by {@code at}'s clock
   * @param at the provider's time
   */
  record ReserveCall(
      String provider,
      String reservationId,
      Capability capability,
      long weight,
      long orders,
      @Nullable Long costMicros,
      boolean critical,
      Instant deadline,
      Instant at)
      implements BudgetCommand {}

  /**
   * The call is over. Settling again, or what was never reserved, changes nothing.
   *
   * @param sent whether it may have reached the provider; else it used nothing
   * @param costMicros what it cost; null when that is not known, so that the worst case counts
   * @param limitedUntil when the provider may be asked again, null when it did not say that too
   *     much was asked
   * @param banned whether that is a ban
   */
  record SettleCall(
      String provider,
      String reservationId,
      CallOutcome outcome,
      @Nullable Integer status,
      boolean sent,
      @Nullable Long costMicros,
      double latencyMs,
      List<ObservedUse> observed,
      @Nullable Instant limitedUntil,
      boolean banned,
      Instant at)
      implements BudgetCommand {}

  /** Writes down calls that were refused without an event of their own. */
  record CountDenials(
      String provider,
      Capability capability,
      DenialReason reason,
      @Nullable Instant until,
      long count,
      Instant at)
      implements BudgetCommand {}

  /** Gives up what nobody has settled in time. */
  record ExpireReservations(String provider, Instant at) implements BudgetCommand {}

  /** Looks at the ledger; replied with a {@link ProviderState}. Changes nothing. */
  record InspectProvider(String provider) implements BudgetCommand {}
}
