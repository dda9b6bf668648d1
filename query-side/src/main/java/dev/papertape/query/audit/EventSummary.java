package dev.papertape.query.audit;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent;
import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.features.FeatureEvent;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.sizing.SizingEvent;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One sentence on each event, for people. */
final class EventSummary {
  private EventSummary() {}

  static String of(DomainEvent event) {
    return switch (event) {
      case RouterEvent router -> RouterSummary.of(router);
      case ExecutionEvent execution -> ExecutionSummary.of(execution);
      case MarketEvent market -> MarketSummary.of(market);
      case GuardsEvent guards -> GuardsSummary.of(guards);
      case QualityEvent quality -> QualitySummary.of(quality);
      case ChaosEvent chaos -> ChaosSummary.of(chaos);
      case FeatureEvent features -> FeatureSummary.of(features);
      case BudgetEvent budget -> BudgetSummary.of(budget);
      case DeployEvent deploy -> DeploySummary.of(deploy);
      case AlphaEvent alpha -> AlphaSummary.of(alpha);
      case PopulationEvent population -> PopulationSummary.of(population);
      case PromotionEvent promotion -> PromotionSummary.of(promotion);
      case SizingEvent.PositionSized sized ->
          "Sized %s at signal %s: %s (%s)"
              .formatted(
                  sized.symbol(),
                  decimals(sized.signal()),
                  plain(sized.quantity()),
                  sized.capReason());
      case RegimeEvent.RegimeChanged changed ->
          "%s is in %s: %s".formatted(changed.symbol(), changed.regime(), changed.rule());
      default -> throw new IllegalArgumentException("no summary for " + event.getClass());
    };
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  static String at(@Nullable BigDecimal limit) {
    return limit == null ? "at market" : "limit " + plain(limit);
  }

  static String decimals(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
