package dev.papertape.standalone.contracts;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.contracts.features.FeatureEvent;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.router.RouteOrder;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Java type behind each contract of ours. Replies stand without their {@code asOf} and {@code
 * position} where the route wraps them.
 */
final class ContractTypes {
  private ContractTypes() {}

  /**
   * @param positioned whether {@code asOf} and {@code position} stand beside its members
   * @param list whether the contract is of an array of them
   * @param canonical whether it is written as the log writes it, and not as replies are
   */
  record Written(Type type, boolean positioned, boolean list, boolean canonical) {}

  private static final Map<String, Written> TYPES = new TreeMap<>();

  static {
    reply("order", OrderView.class.getName());
    reply("orders", "dev.papertape.query.execution.OrderController$Orders");
    reply("fills", "dev.papertape.query.execution.FillController$Fills");
    reply("portfolio", "dev.papertape.query.execution.PortfolioView");
    reply("portfolio-reset", "dev.papertape.command.execution.OrderController$AccountReset");
    reply("trading-state", "dev.papertape.command.guards.TradingStateController$TradingView");
    reply("guard-limit", "dev.papertape.command.guards.GuardLimitController$LimitView");
    reply("guards-state", "dev.papertape.query.guards.GuardsState");
    reply("quality-stats", "dev.papertape.query.quality.QualityStats");
    reply("quarantine", "dev.papertape.query.quality.QualityController$Quarantine");
    reply("quarantine-decision", "dev.papertape.command.quality.QuarantineController$DecidedView");
    reply("l2-book", "dev.papertape.command.market.BookController$BookView");
    reply("router-snapshot", "dev.papertape.query.router.RouterSnapshot");
    reply("venue-report", "dev.papertape.query.report.VenueReport");
    reply("sizing-last", "dev.papertape.query.sizing.LastSizing");
    reply("regime-state", "dev.papertape.query.regime.RegimeState");
    reply("venue-registry", "dev.papertape.query.market.VenueRegistryController$Registry");
    reply("candles", "dev.papertape.query.market.CandleController$Candles");
    reply("deploy-status", "dev.papertape.query.deploy.DeployStatus");
    reply("deploy-rollout", "dev.papertape.command.deploy.DeployController$RolloutView");
    reply("promotion-status", "dev.papertape.query.promotion.PromotionStatus");
    reply("promotion-stage", "dev.papertape.command.promotion.PromotionController$StageView");
    reply("health", "dev.papertape.query.report.Health");
    reply("alpha-pnl", "dev.papertape.query.report.AlphaPnl");
    reply("risk-report", "dev.papertape.query.report.Risk");
    reply("alpha-attribution", "dev.papertape.query.alpha.Attribution");
    reply("contract-list", "dev.papertape.query.web.ContractController$ContractList");
    reply("feature-value", "dev.papertape.command.features.FeatureController$PutView");
    reply("feature-parity-run", FeatureEvent.ParityChecked.class.getName());
    reply("feature-parity", "dev.papertape.query.features.FeatureController$ParityView");
    reply("feature-definitions", "dev.papertape.query.features.FeatureController$Definitions");
    reply("feature-window", "dev.papertape.query.features.FeatureWindowView");
    reply("chaos-experiment", "dev.papertape.command.chaos.ChaosController$ExperimentReply");
    reply("chaos-lever", "dev.papertape.command.chaos.ChaosController$LeverReply");
    reply("chaos-status", "dev.papertape.query.chaos.ChaosController$Status");
    reply("budget-status", "dev.papertape.query.budget.BudgetStatus");
    reply("budget-ledger", "dev.papertape.query.budget.BudgetController$BudgetLedger");
    reply("budget-provider", "dev.papertape.command.budget.ProviderController$ProviderView");
    reply("alpha", "dev.papertape.command.alpha.AlphaView");
    reply("alpha-signal", "dev.papertape.command.alpha.SignalController$SignalView");
    reply("alpha-registry", "dev.papertape.query.alpha.AlphaRegistryController$Registry");
    reply("population", "dev.papertape.command.population.PopulationController$PopulationView");
    reply("pbt-lineage", "dev.papertape.query.population.LineageView");
    put("audit-latest", "dev.papertape.query.audit.AuditEntry", false, true, false);
    log("route-order", RouteOrder.class);
    log("routing-context", RoutingContext.class);
    log("routing-decision", RoutingDecision.class);
    log("order-routed", RouterEvent.OrderRouted.class);
    log("order-unroutable", RouterEvent.OrderUnroutable.class);
    log("order-accepted", ExecutionEvent.OrderAccepted.class);
    log("order-blocked", ExecutionEvent.OrderBlocked.class);
    log("order-filled", ExecutionEvent.OrderFilled.class);
    log("order-expired", ExecutionEvent.OrderExpired.class);
    log("order-cancelled", ExecutionEvent.OrderCancelled.class);
    log("candle", Candle.class);
  }

  static Map<String, Written> all() {
    return TYPES;
  }

  private static void reply(String contract, String type) {
    put(contract, type, true, false, false);
  }

  private static void log(String contract, Class<?> type) {
    put(contract, type.getName(), false, false, true);
  }

  private static void put(
      String contract, String type, boolean positioned, boolean list, boolean canonical) {
    try {
      TYPES.put(contract, new Written(Class.forName(type), positioned, list, canonical));
    } catch (ClassNotFoundException moved) {
      throw new IllegalStateException(contract + " was of " + type, moved);
    }
  }
}
