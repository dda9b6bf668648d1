package dev.papertape.command.engine;

import static dev.papertape.command.engine.EngineRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.EngineCommand.ApplyGuardLimits;
import dev.papertape.command.engine.EngineCommand.CloseVenues;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.guards.GuardRecovery;
import dev.papertape.command.guards.LimitOverrides;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.router.Gate;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.StandingEvent;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Guards in the engine. One venue, bid 99, ask 101, taker fee 10 bps, a million in cash: to buy n
 * at 101 with the mid at 100 costs n · 1.101 of equity.
 */
class GuardedTradingTest {
  private final EngineRig rig = new EngineRig();

  /** 9 bought cost 9.909, within 15; the mid falls by 1 to 99: 9 more are not. */
  @Test
  void aDrawdownReducesTradingUntilTheEquityIsBack() {
    rig.open();
    limit(rig, GuardName.MAX_DRAWDOWN, "0.000015");
    rig.buy("9");
    rig.quietUntil(1_000);
    assertThat(tripped(rig)).isEmpty();

    rig.at(1_100).frame(quotes("99.00", "98.00", "101.00", "100.00"));
    rig.quietUntil(2_100);
    GuardTripped trip = only(rig, GuardTripped.class);
    assertThat(trip.guard()).isEqualTo(GuardName.MAX_DRAWDOWN);
    // 1000000 − 909 − 0.909 + 9 · 99
    assertThat(trip.inputs())
        .containsEntry("peak", "1000000")
        .containsEntry("equity", "999981.091");
    assertThat(trip.value()).as("18.909 of 1000000").isEqualByComparingTo("0.000019");

    rig.buy("1");
    OrderBlocked blocked = rig.only(OrderBlocked.class);
    assertThat(blocked.reason()).isEqualTo("MAX_DRAWDOWN");
    rig.place(Side.SELL, "1", null, TimeInForce.IOC);
    rig.quietUntil(2_200);
    assertThat(rig.all(OrderFilled.class)).as("what reduces passes").hasSize(2);
    assertThat(rig.all(OrderRouted.class).getLast().context().tradingState()).isEqualTo("REDUCING");

    // 1000000 − 909.909 + 98 − 0.098 + 8 · 100 is 12.007 below: back is 13.5.
    rig.at(2_300).frame(quotes("98.00", "99.00", "100.00", "101.00"));
    rig.quietUntil(3_300);
    assertThat(only(rig, GuardCleared.class).guard()).isEqualTo(GuardName.MAX_DRAWDOWN);
    rig.buy("1");
    assertThat(rig.all(OrderBlocked.class)).hasSize(1);
  }

  @Test
  void anOperatorWhoResumesHasTheLookBackBeginAnewAndAHaltIsHis() {
    rig.open();
    limit(rig, GuardName.MAX_DRAWDOWN, "0.000001");
    rig.buy("9");
    rig.quietUntil(1_100);
    assertThat(tripped(rig)).containsExactly(GuardName.MAX_DRAWDOWN);

    rig.enter(TradingState.HALTED);
    rig.place(Side.SELL, "1", null, TimeInForce.IOC);
    assertThat(rig.only(OrderBlocked.class).reason())
        .as("no guard lifts a halt")
        .isEqualTo("HALTED");
    rig.enter(TradingState.ACTIVE);
    rig.at(1_200).still();
    assertThat(only(rig, GuardCleared.class).reason()).isEqualTo("an operator resumed trading");
    rig.buy("1");
    assertThat(rig.all(OrderBlocked.class)).hasSize(1);
    assertThat(tripped(rig)).isEmpty();
  }

  @Test
  void aNewEngineTakesOverWhatIsTripped() {
    rig.open();
    limit(rig, GuardName.MAX_DRAWDOWN, "0.000001");
    rig.buy("9");
    rig.quietUntil(1_100);
    assertThat(tripped(rig)).containsExactly(GuardName.MAX_DRAWDOWN);

    LimitOverrides limits =
        new LimitOverrides(Map.of(GuardName.MAX_DRAWDOWN, new BigDecimal("0.000001")));
    var guards = new GuardRecovery(rig.log, MemoryLog::decode).recover(TradingState.ACTIVE, limits);
    assertThat(guards.tripped())
        .extracting(GuardSeen::guard)
        .containsExactly(GuardName.MAX_DRAWDOWN);
    assertThat(guards.peaks())
        .singleElement()
        .satisfies(peak -> assertThat(peak.equity()).isEqualByComparingTo("1000000"));

    Recovered nothing = rig.recovered;
    Recovered recovered =
        new AccountRecovery(rig.log, MemoryLog::decode, EngineRig.CASH)
            .recover(guards, nothing.releases(), null);
    EngineRig next = new EngineRig(rig.log, 1, 2, recovered);
    next.at(2_000).open();
    next.buy("1");
    assertThat(next.all(OrderBlocked.class).getLast().reason()).isEqualTo("MAX_DRAWDOWN");
    assertThat(next.all(GuardTripped.class)).as("told once").hasSize(1);
    assertThat(next.all(GuardCleared.class)).isEmpty();
  }

  @Test
  void anOperatorsLimitOutweighsTheReleases() {
    rig.open();
    limit(rig, GuardName.MAX_NOTIONAL, "500");
    rig.buy("6");
    assertThat(rig.only(OrderBlocked.class).reason()).isEqualTo("MAX_NOTIONAL");
    assertThat(rig.only(OrderBlocked.class).inputs())
        .containsEntry("value", "600")
        .containsEntry("limit", "500");
    rig.mail(new ApplyGuardLimits(LimitOverrides.NONE));
    rig.buy("6");
    assertThat(rig.all(OrderBlocked.class)).hasSize(1);
    rig.at(100).still();
    GuardSeen seen =
        rig.all(GuardsObserved.class).getLast().seen().stream()
            .filter(each -> each.guard() == GuardName.MAX_NOTIONAL)
            .findFirst()
            .orElseThrow();
    assertThat(seen.limit()).isEqualByComparingTo("250000");
  }

  @Test
  void aVenueThatIsClosedIsSentNothing() {
    rig.open();
    rig.mail(new CloseVenues(Map.of(EngineRig.VENUE, Gate.BREAKER_OPEN)));
    rig.buy("1");
    assertThat(rig.only(OrderBlocked.class).reason()).isEqualTo("BUDGET_EXHAUSTED");
    rig.quietUntil(1_100);
    assertThat(tripped(rig)).containsExactly(GuardName.BUDGET_EXHAUSTED);
    rig.mail(new CloseVenues(Map.of()));
    rig.quietUntil(2_300);
    assertThat(tripped(rig)).isEmpty();
    rig.buy("1");
    assertThat(rig.all(OrderBlocked.class)).hasSize(1);
  }

  @Test
  void howTheGuardsStandIsWrittenDownFromTimeToTimeAndAtTheEnd() {
    rig.open();
    rig.quietUntil(9_900);
    assertThat(rig.all(GuardsObserved.class)).hasSize(1);
    rig.quietUntil(10_100);
    assertThat(rig.all(GuardsObserved.class)).hasSize(2);
    rig.engine.checkpoint();
    GuardsObserved last = rig.all(GuardsObserved.class).getLast();
    assertThat(last.feedTime()).isEqualTo(START.plusMillis(10_100));
    assertThat(last.seen())
        .extracting(GuardSeen::guard)
        .contains(GuardName.MAX_DRAWDOWN, GuardName.ORDER_RATE, GuardName.MAX_EXPOSURE);
  }

  /** The only bid and the only ask move. */
  private VenueInput quotes(String bidBefore, String bid, String askBefore, String ask) {
    return rig.diff(
        PriceLevels.of(bidBefore, "0", bid, "10"), PriceLevels.of(askBefore, "0", ask, "10"));
  }

  private static void limit(EngineRig rig, GuardName guard, String limit) {
    rig.mail(new ApplyGuardLimits(new LimitOverrides(Map.of(guard, new BigDecimal(limit)))));
  }

  /** As the log has it. */
  private static List<GuardName> tripped(EngineRig rig) {
    List<GuardName> tripped = new ArrayList<>();
    for (StandingEvent event : rig.all(StandingEvent.class)) {
      switch (event) {
        case GuardTripped trip -> tripped.add(trip.guard());
        case GuardCleared clear -> assertThat(tripped.remove(clear.guard())).isTrue();
      }
    }
    return tripped;
  }

  private static <E extends StandingEvent> E only(EngineRig rig, Class<E> type) {
    assertThat(rig.all(type)).hasSize(1);
    return rig.all(type).getFirst();
  }
}
