package dev.papertape.contracts.budget;

import dev.papertape.contracts.budget.Admission.Denial;
import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.BudgetEvent.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is asked when several could be: the cheapest viable one. Viable is who offers it, is OK or in
 * SOFT_LIMIT with its breaker closed, and has room in every window for the worst case. Order: cost,
 * expected latency, name. Currencies are not converted: what is free comes first, then currency by
 * currency.
 */
public final class Fallback {
  /** Median latencies that differ by less are the same: an order that flickers helps nobody. */
  private static final double LATENCY_STEP_MS = 10;

  /** Somebody who never answered is expected to be slow, not quick. */
  private static final double LATENCY_UNKNOWN_MS = 1000;

  private Fallback() {}

  /**
   * @param viable best first
   * @param rejected those who may not be asked, by name
   */
  public record Ranking(List<String> viable, List<Rejection> rejected) {}

  private record Candidate(String provider, String currency, long costMicros, double latencyMs) {}

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing((Candidate each) -> each.costMicros == 0 ? "" : each.currency)
          .thenComparing(Candidate::costMicros)
          .thenComparing(Candidate::latencyMs)
          .thenComparing(Candidate::provider);

  /**
   * @param wishes what would be asked of each provider, by its name
   * @param clocks each provider's time
   */
  public static Ranking rank(
      List<ProviderState> providers,
      Function<String, Wish> wishes,
      Function<ProviderState, Instant> clocks) {
    List<Candidate> viable = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>();
    for (ProviderState state :
        providers.stream().sorted(Comparator.comparing(ProviderState::provider)).toList()) {
      Wish wish = wishes.apply(state.provider());
      Optional<DenialReason> reason = notViable(state, wish, clocks.apply(state));
      if (reason.isPresent()) {
        rejected.add(new Rejection(state.provider(), reason.get()));
      } else {
        viable.add(candidate(state, wish));
      }
    }
    viable.sort(BEST_FIRST);
    return new Ranking(viable.stream().map(Candidate::provider).toList(), List.copyOf(rejected));
  }

  /** Why the second is not asked when the first is, both being viable. */
  public static DenialReason why(ProviderState first, ProviderState second, Wish wish) {
    Candidate better = candidate(first, wish);
    Candidate worse = candidate(second, wish);
    if (better.costMicros != worse.costMicros) {
      return DenialReason.COSTS_MORE;
    }
    return better.latencyMs < worse.latencyMs ? DenialReason.SLOWER : DenialReason.LATER_NAME;
  }

  private static Optional<DenialReason> notViable(ProviderState state, Wish wish, Instant asked) {
    Instant at = state.noEarlier(asked);
    Optional<DenialReason> denied = Admission.denial(state, wish, at).map(Denial::reason);
    if (denied.isEmpty() && state.breaker().at(at) != Breaker.Position.CLOSED) {
      return Optional.of(DenialReason.BREAKER_OPEN);
    }
    return denied;
  }

  private static Candidate candidate(ProviderState state, Wish wish) {
    Double median = state.latencyMs(0.5);
    double expected = median == null ? LATENCY_UNKNOWN_MS : median;
    String currency = state.settings().currency();
    return new Candidate(
        state.provider(),
        currency == null ? "" : currency,
        Admission.worstCostMicros(state, wish).orElse(0),
        Math.rint(expected / LATENCY_STEP_MS) * LATENCY_STEP_MS);
  }
}
