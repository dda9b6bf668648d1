package dev.papertape.query.budget;

import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.BudgetEvent.Rejection;
import dev.papertape.contracts.budget.CallCounts;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.ProviderStanding;
import dev.papertape.contracts.budget.QuotaKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reply of {@code GET /api/budget/status}.
 *
 * @param providers by name
 * @param fallbackOrder of each capability the providers that may be asked now, cheapest first
 * @param notInterchangeable capabilities of {@code fallbackOrder} where each provider only speaks
 *     for itself, so that nobody can stand in
 * @param lastRoutes the newest choice of each capability and subject
 */
record BudgetStatus(
    List<ProviderView> providers,
    Map<String, List<String>> fallbackOrder,
    List<Capability> notInterchangeable,
    List<RouteView> lastRoutes,
    Totals totals) {

  /**
   * One provider.
   *
   * @param reason one sentence, null while all is well
   * @param cooldownUntil when it may be asked again after it said that too much was asked
   */
  record ProviderView(
      String provider,
      List<Capability> capabilities,
      ProviderStanding state,
      @Nullable String reason,
      List<WindowView> windows,
      CallCounts calls,
      long openReservations,
      CostView cost,
      LatencyView latencyMs,
      BreakerView breaker,
      @Nullable Instant cooldownUntil) {}

  /**
   * One quota.
   *
   * @param resetsAt when something of it is free again, null of a rolling window nothing was used
   *     of
   * @param observed by the provider's own count, null when it does not say
   * @param remaining what may still be reserved by a critical caller
   * @param drift observed − (settled + reserved), null without {@code observed}
   */
  record WindowView(
      QuotaKind kind,
      String period,
      Alignment alignment,
      Instant start,
      @Nullable Instant resetsAt,
      long limit,
      long reserved,
      long settled,
      @Nullable Long observed,
      long remaining,
      @Nullable Long drift) {}

  /**
   * Money.
   *
   * @param settled in the window of the first budget of money, in all without one
   * @param limit of that budget
   */
  record CostView(
      @Nullable String currency,
      BigDecimal settled,
      BigDecimal reserved,
      @Nullable BigDecimal limit) {}

  /** Nearest-rank quantiles of the newest answers. */
  record LatencyView(
      @Nullable Double p50, @Nullable Double p95, @Nullable Double p99, int samples) {}

  record BreakerView(Breaker.Position state, int failures, @Nullable Instant openUntil) {}

  record RouteView(
      Capability capability,
      String subject,
      @Nullable String chosen,
      List<Rejection> rejected,
      Instant at,
      long position) {}

  /**
   * Sums over all providers.
   *
   * @param cost settled in all, by currency
   */
  record Totals(
      int providers, CallCounts calls, long openReservations, Map<String, BigDecimal> cost) {}
}
