package dev.papertape.command.engine;

import static dev.papertape.command.engine.EngineRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.EngineCommand.CancelOrder;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.EngineCommand.ResetPortfolio;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.log.LoggedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole engine on its own thread of inputs; every number by hand. */
class TradingEngineTest {
  private final EngineRig rig = new EngineRig();

  @Test
  void anOrderFillsAfterTheVenuesLatencyAgainstTheBookOfThatMoment() {
    rig.open();
    String order = rig.buy("1").orderId();
    rig.at(29).asks("101.00", "0", "102.00", "10");
    assertThat(rig.typesOf(order)).containsExactly("OrderAccepted", "OrderRouted");
    rig.at(31).asks("102.00", "0", "103.00", "10");

    OrderFilled fill = rig.only(OrderFilled.class);
    assertThat(fill.feedTime()).isEqualTo(START.plusMillis(30));
    assertThat(fill.latencyMs()).isEqualTo(30);
    assertThat(fill.price()).as("of 29 ms, not of 31 ms").isEqualByComparingTo("102");
    assertThat(fill.fee()).as("10 bps of 102").isEqualByComparingTo("0.102");
    assertThat(fill.decisionMid()).isEqualByComparingTo("100");
    assertThat(fill.account().cash()).isEqualByComparingTo("999897.898");
    assertThat(fill.remaining()).isZero();
    assertThat(rig.openOrders()).isZero();
  }

  @Test
  void eachFactNamesTheEventThatItFollowsFrom() {
    rig.open();
    String order = rig.buy("1").orderId();
    rig.at(31).still();
    List<LoggedEvent> life = rig.log.stream("order:" + order, 0);

    assertThat(metadata(life.get(0)))
        .contains("\"causationId\":\"message-1\"", "\"actor\":\"ann\"");
    assertThat(metadata(life.get(1))).contains(causedBy(life.get(0)));
    assertThat(metadata(life.get(2))).contains(causedBy(life.get(1)));
    assertThat(life).allSatisfy(row -> assertThat(metadata(row)).contains(order));
  }

  @Test
  void aRetryUnderTheSameKeyFindsTheOrderOfTheFirstTry() {
    rig.open();
    OrderProgress first = rig.buyUnder("key-1", "1");
    OrderProgress retry = rig.buyUnder("key-1", "1");
    OrderProgress other = rig.buyUnder("key-2", "1");

    assertThat(retry).isSameAs(first);
    assertThat(other.orderId()).isNotEqualTo(first.orderId());
    assertThat(rig.all(OrderAccepted.class)).hasSize(2);
  }

  @Test
  void Bug_bound_a_quantity_beyond_a_long_ended_the_engine() {
    rig.open();
    rig.buy("1000000000000000000");
    assertThat(rig.only(OrderBlocked.class).reason()).isEqualTo("MAX_NOTIONAL");
    rig.buy("1");
    rig.at(31).still();
    assertThat(rig.only(OrderFilled.class).quantity()).isEqualByComparingTo("1");
  }

  /** Without it the caller of the second body reads the first one's order as its own. */
  @Test
  void Bug_3_aKeyWithAnotherBodyIsRefusedWhileTheFirstIsNotDurable() {
    rig.open();
    rig.buyUnder("key-1", "1");
    PlaceOrder plain = EngineRig.order(Side.BUY, "2", null, TimeInForce.IOC, null);
    PlaceOrder other =
        new PlaceOrder(
            plain.intent(),
            plain.origin(),
            orderId -> new IdempotencyClaim("key-1", "another body", orderId, null),
            plain.accepted());
    rig.mail(other);

    assertThat(other.accepted().exceptionNow()).isInstanceOf(AppendFailure.KeyClaimed.class);
    assertThat(rig.all(OrderAccepted.class)).hasSize(1);
  }

  @Test
  void Bug_3_aCancelSentAgainUnderItsKeyBeforeItIsDurableFindsTheFirst() {
    rig.open();
    OrderProgress resting = rig.place(Side.BUY, "1", "90", TimeInForce.GTC);
    rig.at(31).still();
    IdempotencyClaim claim = new IdempotencyClaim("cancel k", "hash", resting.orderId(), null);
    List<CancelOrder> tries =
        Stream.generate(
                () ->
                    new CancelOrder(
                        resting.orderId(), "why", Map.of(), claim, new CompletableFuture<>()))
            .limit(2)
            .toList();
    tries.forEach(rig::mail);

    assertThat(tries.getLast().done().resultNow()).isEqualTo(tries.getFirst().done().resultNow());
    assertThat(rig.all(OrderCancelled.class)).hasSize(1);
  }

  /** 10^18 at the scale of its zeros would not have fitted a long. */
  @Test
  void Bug_3_anIntentThatEndsInZerosIsRoutedAsWithoutThem() {
    rig.open();
    rig.place(Side.BUY, "1" + "." + "0".repeat(30), "101." + "0".repeat(30), TimeInForce.IOC);
    assertThat(rig.all(OrderRouted.class)).hasSize(1);
  }

  @Test
  void aHaltBlocksAndAResumeLetsPass() {
    rig.open();
    rig.enter(TradingState.HALTED);
    OrderProgress blocked = rig.buy("1");
    assertThat(rig.only(OrderBlocked.class).reason()).isEqualTo("HALTED");
    assertThat(blocked.settled().join().order().status()).isEqualTo(OrderStatus.BLOCKED);
    rig.enter(TradingState.ACTIVE);
    rig.buy("1");
    assertThat(rig.all(OrderRouted.class)).hasSize(1);
  }

  @Test
  void withoutASyncedBookNothingIsRouted() {
    rig.open();
    rig.frame(new VenueInput.SocketClosed(rig.arrival(), "end"));
    rig.buy("1");
    assertThat(rig.only(OrderBlocked.class).reason()).isEqualTo("NO_SYNCED_BOOK");
  }

  @Test
  void whatAnIocOrderFindsNoLiquidityForExpires() {
    rig.open();
    OrderProgress progress = rig.buy("15");
    rig.at(31).still();

    assertThat(rig.only(OrderFilled.class).quantity()).isEqualByComparingTo("10");
    OrderExpired expired = rig.all(OrderExpired.class).getLast();
    assertThat(expired.terminal()).isTrue();
    assertThat(expired.unfilled()).isEqualByComparingTo("5");
    assertThat(progress.settled().join().order().status()).isEqualTo(OrderStatus.EXPIRED);
  }

  @Test
  void aGtcOrderRestsUntilItIsCancelled() {
    rig.open();
    String order = rig.place(Side.BUY, "1", "98.00", TimeInForce.GTC).orderId();
    assertThat(cancel(order)).as("on its way").isInstanceOf(CancelOutcome.NotResting.class);
    rig.at(31).still();
    assertThat(cancel(order)).isInstanceOf(CancelOutcome.Cancelled.class);
    assertThat(rig.only(OrderCancelled.class).unfilled()).isEqualByComparingTo("1");
    assertThat(metadata(rig.log.stream("order:" + order, 0).getLast()))
        .contains("\"actor\":\"bob\"", "\"correlationId\":\"" + order + "\"");
    assertThat(cancel(order)).isInstanceOf(CancelOutcome.NotOpen.class);
    assertThat(rig.openOrders()).isZero();
  }

  /** A second claim of the key would have ended the engine's life. */
  @Test
  void Bug_3_aResetSentAgainUnderItsKeyBeforeItIsDurableResetsOnce() {
    rig.open();
    IdempotencyClaim claim = new IdempotencyClaim("reset k", "hash", "portfolio:paper", null);
    ResetPortfolio first = new ResetPortfolio("again", Map.of(), claim, new CompletableFuture<>());
    ResetPortfolio retry = new ResetPortfolio("again", Map.of(), claim, new CompletableFuture<>());
    int before = rig.all(PortfolioReset.class).size();
    rig.mail(first);
    rig.mail(retry);

    assertThat(retry.done().resultNow()).isSameAs(first.done().resultNow());
    assertThat(rig.all(PortfolioReset.class)).hasSize(before + 1);
  }

  @Test
  void aResetOpensANewAccount() {
    rig.open();
    rig.buy("1");
    rig.at(31).still();
    ResetPortfolio reset =
        new ResetPortfolio("again", Map.of("actor", "bob"), null, new CompletableFuture<>());
    rig.mail(reset);

    assertThat(reset.done()).isCompleted();
    assertThat(rig.all(PortfolioReset.class))
        .extracting(PortfolioReset::reason)
        .containsExactly("new account", "again");
    assertThat(rig.recovered.portfolio().cash()).isEqualByComparingTo("1000000");
    assertThat(rig.recovered.portfolio().quantity(EngineRig.BTC)).isZero();
  }

  @Test
  void beforeTheFirstFrameThereIsNoFeedTimeToDecideAt() {
    EngineCommand.PlaceOrder order = EngineRig.order(Side.BUY, "1", null, TimeInForce.IOC, null);
    rig.mail(order);
    rig.time(100);
    assertThat(order.accepted())
        .isCompletedExceptionally()
        .matches(future -> future.exceptionNow() instanceof EngineUnavailable.NoMarketYet);
    assertThat(rig.log.rows()).isEmpty();
  }

  @Test
  void theAccountIsMarkedOnceAFeedSecondInWhichItMoved() {
    rig.open().quietUntil(200);
    rig.buy("1");
    rig.quietUntil(3_000);

    assertThat(rig.all(PortfolioMarked.class))
        .extracting(PortfolioMarked::feedTime)
        .containsExactly(START.plusMillis(100), START.plusMillis(1_000));
    PortfolioMarked mark = rig.all(PortfolioMarked.class).getLast();
    assertThat(mark.unrealizedPnl()).as("bought at 101, mid 100").isEqualByComparingTo("-1");
    assertThat(mark.equity()).as("less the fee of 0.101").isEqualByComparingTo("999998.899");
  }

  @Test
  void aVenueIsScoredAtOnceWhenItsStateChangedAndElseEveryFiveSeconds() {
    rig.open().quietUntil(10_200);
    assertThat(rig.all(VenueScored.class))
        .extracting(VenueScored::feedTime)
        .containsExactly(START.plusMillis(100), START.plusMillis(5_100), START.plusMillis(10_100));
    rig.frame(new VenueInput.SocketClosed(rig.arrival(), "end"));
    rig.time(10_300);
    assertThat(rig.all(VenueScored.class).getLast().gates()).containsExactly("NOT_SYNCED");
  }

  @Test
  void aCheckpointHoldsTheAccountAndTheOpenOrders() {
    rig.open();
    String order = rig.place(Side.BUY, "1", "98.00", TimeInForce.GTC).orderId();
    rig.quietUntil(10_200);
    List<EngineCheckpointed> checkpoints = rig.all(EngineCheckpointed.class);
    assertThat(checkpoints)
        .extracting(EngineCheckpointed::feedTime)
        .containsExactly(START.plusMillis(10_100));
    assertThat(checkpoints.getFirst().account().openOrders()).containsExactly(order);
    assertThat(checkpoints.getFirst().account().cash()).isEqualByComparingTo("1000000");
  }

  private CancelOutcome cancel(String orderId) {
    CancelOrder cancel =
        new CancelOrder(orderId, "ASKED", Map.of("actor", "bob"), null, new CompletableFuture<>());
    rig.mail(cancel);
    return cancel.done().join();
  }

  private static String causedBy(LoggedEvent cause) {
    return "\"causationId\":\"" + cause.eventId() + "\"";
  }

  private static String metadata(LoggedEvent row) {
    return new String(row.metadata(), StandardCharsets.UTF_8);
  }

  @Test
  void theSameInputsGiveTheSameBytesHoweverTimeIsSplit() {
    List<String> once = run(1, false);
    assertThat(once).hasSizeGreaterThan(20);
    assertThat(run(1, false)).isEqualTo(once);
    assertThat(run(1, true)).as("time told between the frames").isEqualTo(once);
    assertThat(run(2, false)).as("another seed").doesNotContainAnyElementsOf(once);
  }

  private static List<String> run(long seed, boolean splitTime) {
    EngineRig rig =
        new EngineRig(new MemoryLog(), seed, 1, Recovered.nothing(EngineRig.settings(1)));
    rig.open();
    for (int step = 1; step <= 60; step++) {
      long at = step * 97L;
      for (long between = at - 90; splitTime && between < at; between += 13) {
        rig.time(between);
      }
      rig.at(at).asks(step % 2 == 0 ? "101.00" : "101.50", Integer.toString(step % 7));
      if (step % 5 == 0) {
        rig.place(step % 2 == 0 ? Side.BUY : Side.SELL, "1.5", null, TimeInForce.IOC);
        rig.place(Side.BUY, "0.5", "99.50", TimeInForce.GTC);
      }
    }
    return rig.log.lines();
  }
}
