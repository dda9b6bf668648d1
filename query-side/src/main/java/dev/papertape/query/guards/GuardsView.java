package dev.papertape.query.guards;

import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.StandingEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.GuardsEvent.TradingReduced;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.query.guards.GuardsQueries.Recorded;
import dev.papertape.query.guards.GuardsState.BlockedOrder;
import dev.papertape.query.guards.GuardsState.GuardState;
import dev.papertape.query.guards.GuardsState.GuardView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of all guards, from the newest event of each subject. Pure. */
final class GuardsView {
  private TradingState operator = TradingState.ACTIVE;
  private @Nullable String operatorReason;
  private @Nullable Instant operatorSince;
  private @Nullable GuardsObserved observed;
  private long observedAt;
  private final Map<GuardName, GuardLimitChanged> limits = new EnumMap<>(GuardName.class);
  private final Map<GuardName, List<Recorded>> standing = new EnumMap<>(GuardName.class);
  private final Map<GuardName, OrderBlocked> refused = new EnumMap<>(GuardName.class);

  private GuardsView() {}

  /**
   * @param newest of each subject one, in log order
   * @param blocked newest first
   */
  static GuardsState of(List<Recorded> newest, List<BlockedOrder> blocked) {
    GuardsView view = new GuardsView();
    newest.forEach(view::apply);
    return view.state(blocked);
  }

  private void apply(Recorded recorded) {
    switch (recorded.event()) {
      case TradingEvent event -> {
        operator = stateAfter(event);
        operatorReason = event.reason();
        operatorSince = recorded.at();
      }
      case GuardLimitChanged changed -> limits.put(changed.guard(), changed);
      case StandingEvent event ->
          standing.computeIfAbsent(event.guard(), _ -> new ArrayList<>()).add(recorded);
      case GuardsObserved seen -> {
        observed = seen;
        observedAt = recorded.position();
      }
      case OrderBlocked order ->
          Stream.of(GuardName.values())
              .filter(guard -> guard.name().equals(order.reason()))
              .forEach(guard -> refused.put(guard, order));
      default -> throw new IllegalArgumentException("not shown here: " + recorded.event());
    }
  }

  private static TradingState stateAfter(TradingEvent event) {
    return switch (event) {
      case TradingHalted _ -> TradingState.HALTED;
      case TradingReduced _ -> TradingState.REDUCING;
      case TradingResumed _ -> TradingState.ACTIVE;
    };
  }

  private GuardsState state(List<BlockedOrder> blocked) {
    List<GuardTripped> reducing =
        standing.values().stream()
            .flatMap(List::stream)
            .map(Recorded::event)
            .filter(GuardTripped.class::isInstance)
            .map(GuardTripped.class::cast)
            .filter(tripped -> tripped.guard().reducesTrading())
            .toList();
    TradingState trading =
        operator.stricter(reducing.isEmpty() ? TradingState.ACTIVE : TradingState.REDUCING);
    String reason = trading == operator ? operatorReason : reducing.getFirst().reason();
    List<GuardView> guards = new ArrayList<>();
    for (GuardName guard : GuardName.values()) {
      guards.addAll(views(guard));
    }
    return new GuardsState(
        trading, operator, reason, allowedActions(!reducing.isEmpty()), guards, blocked);
  }

  private List<String> allowedActions(boolean reducedByGuard) {
    List<String> actions = new ArrayList<>();
    if (operator != TradingState.HALTED) {
      actions.add("HALT");
    }
    if (operator != TradingState.REDUCING) {
      actions.add("REDUCE");
    }
    if (operator != TradingState.ACTIVE || reducedByGuard) {
      actions.add("RESUME");
    }
    return actions;
  }

  private List<GuardView> views(GuardName guard) {
    return switch (guard) {
      case HALTED -> List.of(ofOperator(guard, TradingState.HALTED));
      case REDUCING -> List.of(ofOperator(guard, TradingState.REDUCING));
      case MAX_DRAWDOWN,
          LOSS_STREAK,
          NO_SYNCED_BOOK,
          STALE_DATA,
          SUSPECT_DATA,
          CLOCK_SKEW,
          BUDGET_EXHAUSTED,
          ORDER_RATE ->
          standing(guard);
      case MIN_QUANTITY, LOT_STEP, MIN_NOTIONAL, MAX_NOTIONAL, MAX_EXPOSURE ->
          List.of(ofOrders(guard));
    };
  }

  private GuardView ofOperator(GuardName guard, TradingState state) {
    boolean tripped = operator == state;
    return new GuardView(
        guard,
        tripped ? GuardState.TRIPPED : GuardState.CLEAR,
        null,
        null,
        guard.unit(),
        guard.scope().name(),
        tripped ? operatorSince : null,
        tripped ? "an operator resumes trading" : null,
        null);
  }

  private List<GuardView> standing(GuardName guard) {
    List<Recorded> changes = standing.getOrDefault(guard, List.of());
    List<GuardView> tripped = new ArrayList<>();
    for (Recorded change : changes) {
      if (change.event() instanceof GuardTripped event) {
        // What was seen after it is newer.
        GuardSeen after =
            observedAt > change.position()
                ? seen(guard).filter(s -> s.scope().equals(event.scope())).findFirst().orElse(null)
                : null;
        tripped.add(
            view(
                guard,
                GuardState.TRIPPED,
                after == null ? event.value() : after.value(),
                after == null ? event.limit() : after.limit(),
                event.scope(),
                event.feedTime(),
                event.clearsWhen()));
      }
    }
    return tripped.isEmpty() ? List.of(clear(guard, changes)) : tripped;
  }

  private GuardView clear(GuardName guard, List<Recorded> changes) {
    Recorded newest = changes.isEmpty() ? null : changes.getLast();
    GuardCleared cleared = newest == null ? null : (GuardCleared) newest.event();
    Instant since = cleared == null ? null : cleared.feedTime();
    if (cleared != null && newest != null && newest.position() > observedAt) {
      return view(
          guard, GuardState.CLEAR, cleared.value(), cleared.limit(), cleared.scope(), since, null);
    }
    GuardSeen seen = seen(guard).filter(each -> !each.tripped()).findFirst().orElse(null);
    return seen == null
        ? view(guard, GuardState.CLEAR, null, null, guard.scope().name(), since, null)
        : view(guard, GuardState.CLEAR, seen.value(), seen.limit(), seen.scope(), since, null);
  }

  /** What a guard that lets nothing last saw: the order that it refused, or the account. */
  private GuardView ofOrders(GuardName guard) {
    OrderBlocked order = refused.get(guard);
    GuardSeen seen = seen(guard).findFirst().orElse(null);
    BigDecimal value = seen == null ? null : seen.value();
    if (value == null && order != null) {
      value = of(order, "value");
    }
    BigDecimal limit = seen == null ? null : seen.limit();
    if (limit == null && order != null) {
      limit = of(order, "limit");
    }
    return view(
        guard,
        GuardState.CLEAR,
        value,
        limit,
        guard.scope().name(),
        order == null ? null : order.feedTime(),
        null);
  }

  /** Null in logs from before refusals told it. */
  private static @Nullable BigDecimal of(OrderBlocked order, String input) {
    String text = order.inputs().get(input);
    return text == null ? null : new BigDecimal(text);
  }

  private GuardView view(
      GuardName guard,
      GuardState state,
      @Nullable BigDecimal value,
      @Nullable BigDecimal limit,
      String scope,
      @Nullable Instant since,
      @Nullable String clearsWhen) {
    GuardLimitChanged set = limits.get(guard);
    BigDecimal byOperator = set == null ? null : set.limit();
    return new GuardView(
        guard,
        state,
        value,
        byOperator == null ? limit : byOperator,
        guard.unit(),
        scope,
        since,
        clearsWhen,
        set == null || byOperator == null ? null : set.reason());
  }

  private Stream<GuardSeen> seen(GuardName guard) {
    return observed == null
        ? Stream.empty()
        : observed.seen().stream().filter(each -> each.guard() == guard);
  }
}
