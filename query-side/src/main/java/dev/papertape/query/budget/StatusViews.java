package dev.papertape.query.budget;

import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.CallCounts;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Fallback;
import dev.papertape.contracts.budget.Period;
import dev.papertape.contracts.budget.ProviderStanding;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.WindowUse;
import dev.papertape.query.budget.BudgetStatus.BreakerView;
import dev.papertape.query.budget.BudgetStatus.CostView;
import dev.papertape.query.budget.BudgetStatus.LatencyView;
import dev.papertape.query.budget.BudgetStatus.ProviderView;
import dev.papertape.query.budget.BudgetStatus.RouteView;
import dev.papertape.query.budget.BudgetStatus.Totals;
import dev.papertape.query.budget.BudgetStatus.WindowView;
import dev.papertape.query.budget.ProviderLedgers.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ledgers look like at a moment. */
final class StatusViews {
  private static final int MICRO_DECIMALS = 6;

  private StatusViews() {}

  /**
   * @param moment by our clock
   */
  static BudgetStatus status(List<Ledger> ledgers, List<RouteView> routes, Instant moment) {
    return new BudgetStatus(
        ledgers.stream().map(ledger -> provider(ledger.state(), ledger.at(moment))).toList(),
        fallbackOrder(ledgers, moment),
        Arrays.stream(Capability.values()).filter(each -> !each.isInterchangeable()).toList(),
        routes,
        totals(ledgers));
  }

  private static Map<String, List<String>> fallbackOrder(List<Ledger> ledgers, Instant moment) {
    List<ProviderState> states = ledgers.stream().map(Ledger::state).toList();
    Map<String, Instant> times =
        ledgers.stream()
            .collect(
                Collectors.toMap(ledger -> ledger.state().provider(), ledger -> ledger.at(moment)));
    Map<String, List<String>> order = new TreeMap<>();
    for (Capability capability : Capability.values()) {
      Wish wish = new Wish(capability, 1, 0, null, false);
      Fallback.Ranking ranking =
          Fallback.rank(
              states,
              provider -> wish,
              state -> times.getOrDefault(state.provider(), state.time()));
      order.put(capability.name(), ranking.viable());
    }
    return order;
  }

  private static Totals totals(List<Ledger> ledgers) {
    CallCounts calls = new CallCounts(0, 0, 0, 0, 0);
    long open = 0;
    Map<String, BigDecimal> cost = new TreeMap<>();
    for (Ledger ledger : ledgers) {
      ProviderState state = ledger.state();
      calls = calls.plus(state.calls());
      open += state.open().size();
      String currency = state.settings().currency();
      if (currency != null) {
        cost.merge(currency, money(state.settledMicros()), BigDecimal::add);
      }
    }
    return new Totals(ledgers.size(), calls, open, cost);
  }

  static ProviderView provider(ProviderState state, Instant at) {
    ProviderStanding standing = state.standing(at);
    Breaker breaker = state.breaker();
    return new ProviderView(
        state.provider(),
        state.settings().capabilities(),
        standing,
        reason(state, standing, at),
        state.windows().stream().map(window -> window(state, window, at)).toList(),
        state.calls(),
        state.open().size(),
        cost(state, at),
        new LatencyView(
            state.latencyMs(0.50),
            state.latencyMs(0.95),
            state.latencyMs(0.99),
            state.latencies().size()),
        new BreakerView(breaker.at(at), breaker.failures(), breaker.openUntil()),
        state.isLimited(at) ? state.limitedUntil() : null);
  }

  private static WindowView window(ProviderState state, WindowUse window, Instant at) {
    QuotaKind kind = window.quota().kind();
    long reserved = state.reserved(kind);
    long settled = window.settledAt(at);
    Long observed = window.observedAt(at);
    return new WindowView(
        kind,
        Period.text(window.quota().periodMs()),
        window.quota().alignment(),
        window.startAt(at),
        window.resetsAt(at),
        window.quota().limit(),
        reserved,
        settled,
        observed,
        Math.max(0, window.quota().limit() - state.taken(window, at)),
        observed == null ? null : Long.valueOf(observed - (settled + reserved)));
  }

  private static CostView cost(ProviderState state, Instant at) {
    Optional<WindowUse> budget =
        state.windows().stream()
            .filter(window -> window.quota().kind() == QuotaKind.COST)
            .findFirst();
    return new CostView(
        state.settings().currency(),
        money(budget.map(window -> window.settledAt(at)).orElse(state.settledMicros())),
        money(state.reserved(QuotaKind.COST)),
        budget.map(window -> money(window.quota().limit())).orElse(null));
  }

  private static @Nullable String reason(
      ProviderState state, ProviderStanding standing, Instant at) {
    return switch (standing) {
      case OK -> null;
      case SOFT_LIMIT -> fullest(state, at);
      case EXHAUSTED -> fullest(state, at);
      case COOLING_DOWN -> "it said that too much was asked, until " + state.limitedUntil();
      case BANNED -> "it has banned us until " + state.limitedUntil();
      case UNKNOWN ->
          state.breaker().failures()
              + " failures in a row, "
              + (state.breaker().at(at) == Breaker.Position.OPEN
                  ? "not asked until " + state.breaker().openUntil()
                  : "one call may try it");
    };
  }

  private static @Nullable String fullest(ProviderState state, Instant at) {
    return state.windows().stream()
        .max((a, b) -> Double.compare(share(state, a, at), share(state, b, at)))
        .map(
            window ->
                String.format(
                    Locale.ROOT,
                    "%d of %d %s in %s",
                    state.taken(window, at),
                    window.quota().limit(),
                    window.quota().kind().name().toLowerCase(Locale.ROOT),
                    Period.text(window.quota().periodMs())))
        .orElse(null);
  }

  private static double share(ProviderState state, WindowUse window, Instant at) {
    return (double) state.taken(window, at) / Math.max(1, window.quota().limit());
  }

  private static BigDecimal money(long micros) {
    return BigDecimal.valueOf(micros, MICRO_DECIMALS);
  }
}
