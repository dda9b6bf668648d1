package dev.papertape.query.guards;

import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.at;
import static dev.papertape.query.SampleEvents.intent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.query.SampleEvents;
import dev.papertape.query.guards.GuardsQueries.Recorded;
import dev.papertape.query.guards.GuardsState.GuardState;
import dev.papertape.query.guards.GuardsState.GuardView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardsViewTest {
  private static final Instant RECORDED = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Recorded> log = new ArrayList<>();

  @Test
  void anEmptyLogTradesAndEveryGuardIsClear() {
    GuardsState state = state();
    assertThat(state.trading()).isEqualTo(TradingState.ACTIVE);
    assertThat(state.reason()).isNull();
    assertThat(state.allowedActions()).containsExactly("HALT", "REDUCE");
    assertThat(state.guards()).extracting(GuardView::name).containsExactly(GuardName.values());
    assertThat(state.guards()).extracting(GuardView::state).containsOnly(GuardState.CLEAR);
  }

  @Test
  void aGuardReducesWhatAnOperatorLeftActiveAndNeverLiftsHisHalt() {
    add(tripped(GuardName.MAX_DRAWDOWN, "ACCOUNT", "0.12"));
    GuardsState reduced = state();
    assertThat(reduced.trading()).isEqualTo(TradingState.REDUCING);
    assertThat(reduced.operator()).isEqualTo(TradingState.ACTIVE);
    assertThat(reduced.reason()).isEqualTo("it fell");
    assertThat(reduced.allowedActions()).containsExactly("HALT", "REDUCE", "RESUME");

    add(new TradingHalted("trading-state:paper", "fire"));
    GuardsState halted = state();
    assertThat(halted.trading()).isEqualTo(TradingState.HALTED);
    assertThat(halted.reason()).isEqualTo("fire");
    assertThat(one(halted, GuardName.HALTED).since()).isEqualTo(RECORDED);
    assertThat(one(halted, GuardName.MAX_DRAWDOWN).state()).isEqualTo(GuardState.TRIPPED);
  }

  @Test
  void eachScopeThatIsTrippedIsShownWithTheNewestValueSeen() {
    add(tripped(GuardName.STALE_DATA, "SYMBOL:BTC-USDT", "2100"));
    add(tripped(GuardName.STALE_DATA, "SYMBOL:ETH-USDT", "2200"));
    add(observed(seen(GuardName.STALE_DATA, "SYMBOL:BTC-USDT", "9000", at(5))));
    assertThat(of(state(), GuardName.STALE_DATA))
        .extracting(GuardView::scope, view -> String.valueOf(view.value()))
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("SYMBOL:BTC-USDT", "9000"),
            org.assertj.core.api.Assertions.tuple("SYMBOL:ETH-USDT", "2200"));
  }

  @Test
  void whatClearedAfterItWasSeenIsClear() {
    add(observed(seen(GuardName.CLOCK_SKEW, "VENUE:A", "9000", at(5))));
    add(
        new GuardCleared(
            GuardName.CLOCK_SKEW,
            "VENUE:A",
            BigDecimal.ONE,
            BigDecimal.TEN,
            "back",
            new TreeMap<>(),
            at(7)));
    GuardView clock = one(state(), GuardName.CLOCK_SKEW);
    assertThat(clock.state()).isEqualTo(GuardState.CLEAR);
    assertThat(clock.value()).isEqualByComparingTo("1");
    assertThat(clock.since()).isEqualTo(at(7));
    assertThat(clock.clearsWhen()).isNull();
  }

  @Test
  void anOperatorsLimitIsShownBeforeTheEngineHasSeenIt() {
    add(observed(seen(GuardName.MAX_NOTIONAL, "ORDER", null, null)));
    assertThat(one(state(), GuardName.MAX_NOTIONAL).limit()).isEqualByComparingTo("100");
    add(limit("50", null));
    GuardView set = one(state(), GuardName.MAX_NOTIONAL);
    assertThat(set.limit()).isEqualByComparingTo("50");
    assertThat(set.limitReason()).isEqualTo("drill");
    log.removeLast();
    add(limit(null, "50"));
    assertThat(one(state(), GuardName.MAX_NOTIONAL).limit()).isEqualByComparingTo("100");
    assertThat(one(state(), GuardName.MAX_NOTIONAL).limitReason()).isNull();
  }

  /** Logs from before refusals told value and limit apart. */
  @Test
  void aRefusalOfAnOlderReleaseHasNoValue() {
    add(SampleEvents.blocked("o1", intent(BTC, "1", "momentum"), at(3)));
    assertThat(state().guards()).extracting(GuardView::value).containsOnlyNulls();
  }

  private GuardsState state() {
    return GuardsView.of(log, List.of());
  }

  private void add(DomainEvent event) {
    log.add(new Recorded(log.size() + 1L, RECORDED, event));
  }

  private static List<GuardView> of(GuardsState state, GuardName guard) {
    return state.guards().stream().filter(view -> view.name() == guard).toList();
  }

  private static GuardView one(GuardsState state, GuardName guard) {
    assertThat(of(state, guard)).hasSize(1);
    return of(state, guard).getFirst();
  }

  private static GuardTripped tripped(GuardName guard, String scope, String value) {
    return new GuardTripped(
        guard,
        scope,
        new BigDecimal(value),
        new BigDecimal("0.1"),
        "it fell",
        "later",
        new TreeMap<>(),
        at(4));
  }

  private static GuardsObserved observed(GuardSeen seen) {
    return new GuardsObserved(List.of(seen), List.of(), 0, null, at(6));
  }

  private static GuardSeen seen(
      GuardName guard, String scope, @Nullable String value, @Nullable Instant since) {
    return new GuardSeen(
        guard,
        scope,
        value == null ? null : new BigDecimal(value),
        new BigDecimal("100"),
        since,
        since == null ? null : "later");
  }

  private static GuardLimitChanged limit(@Nullable String limit, @Nullable String previous) {
    return new GuardLimitChanged(
        "guard-limits:paper",
        GuardName.MAX_NOTIONAL,
        limit == null ? null : new BigDecimal(limit),
        previous == null ? null : new BigDecimal(previous),
        "drill");
  }
}
