package dev.papertape.contracts;

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
import java.util.List;
import java.util.stream.Stream;

/** Every event class of every context, found through the sealed interfaces. */
public final class EventTypes {
  private static final List<Class<? extends DomainEvent>> CONTEXTS =
      List.of(
          MarketEvent.class,
          RouterEvent.class,
          ExecutionEvent.class,
          GuardsEvent.class,
          QualityEvent.class,
          FeatureEvent.class,
          BudgetEvent.class,
          DeployEvent.class,
          ChaosEvent.class,
          AlphaEvent.class,
          PopulationEvent.class,
          SizingEvent.class,
          RegimeEvent.class,
          PromotionEvent.class);

  private EventTypes() {}

  /** Every concrete event class, in no particular order. */
  public static List<Class<?>> all() {
    return CONTEXTS.stream().<Class<?>>flatMap(EventTypes::leaves).toList();
  }

  /** {@code <context>.<SimpleClassName>}, for example {@code router.OrderRouted}. */
  public static String logicalName(Class<?> event) {
    String packageName = event.getPackageName();
    return packageName.substring(packageName.lastIndexOf('.') + 1) + "." + event.getSimpleName();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(EventTypes::leaves)
        : Stream.of(type);
  }
}
