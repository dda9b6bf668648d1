package dev.papertape.command.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.guards.GuardInputs.DoubtedWindow;
import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.command.guards.GuardInputs.Standing;
import dev.papertape.command.guards.GuardVerdict.Blocked;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreTradeGuardsTest {
  private static final GuardLimits LIMITS =
      new GuardLimits(new BigDecimal("1000"), new BigDecimal("2000"), 3);

  private TradingState tradingState = TradingState.ACTIVE;
  private String position = "0";
  private String otherExposure = "0";
  private int synced = 2;
  private int stale = 0;
  private int suspect = 0;
  private @Nullable String refMid = "100";
  private int recentOrders = 0;
  private List<DoubtedWindow> doubted = List.of();
  private Standing standing = Standing.CLEAR;

  @Test
  void aGoodOrderPasses() {
    assertThat(check(Side.BUY, "1.5", null)).isEqualTo(new GuardVerdict.Passed());
  }

  @Test
  void haltedBlocksEverything() {
    tradingState = TradingState.HALTED;
    position = "5";
    assertThat(reason(Side.SELL, "1", null)).isEqualTo(GuardName.HALTED);
  }

  @Test
  void reducingLetsOnlyOrdersTowardsZeroThrough() {
    tradingState = TradingState.REDUCING;
    position = "5";
    assertThat(reason(Side.SELL, "5", null)).isNull();
    assertThat(reason(Side.SELL, "5.001", null)).isEqualTo(GuardName.REDUCING);
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.REDUCING);
    position = "-5";
    assertThat(reason(Side.BUY, "5", null)).isNull();
    assertThat(reason(Side.SELL, "1", null)).isEqualTo(GuardName.REDUCING);
    position = "0";
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.REDUCING);
  }

  @Test
  void Bug_4_whatLedToTheOrderMustBeInOrder() {
    doubted = List.of(new DoubtedWindow("rsi@KRAKEN", Channel.OHLCV, StreamState.STALE));
    GuardVerdict verdict = check(Side.BUY, "1", null);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            GuardVerdict.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(GuardName.SUSPECT_DATA);
              assertThat(blocked.detail())
                  .isEqualTo("rsi@KRAKEN led to the order, and its OHLCV stream is STALE");
              assertThat(blocked.inputs()).containsEntry("stream:rsi@KRAKEN", "OHLCV STALE");
            });
  }

  @Test
  void somebodyMustHaveABookInOrder() {
    synced = 0;
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.NO_SYNCED_BOOK);
    stale = 1;
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.STALE_DATA);
    suspect = 1;
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.SUSPECT_DATA);
    synced = 1;
    refMid = null;
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.STALE_DATA);
  }

  @Test
  void theQuantityIsAMultipleOfTheFinestLot() {
    assertThat(reason(Side.BUY, "1.0005", null)).isEqualTo(GuardName.LOT_STEP);
    assertThat(reason(Side.BUY, "1.0010", null)).isNull();
  }

  @Test
  void theOrderIsWorthTheLeastMinimumAtItsLimitOrAtTheMid() {
    // 0.099 · 100 = 9.9; 0.1 · 99 = 9.9
    assertThat(reason(Side.BUY, "0.099", null)).isEqualTo(GuardName.MIN_NOTIONAL);
    assertThat(reason(Side.BUY, "0.100", null)).isNull();
    assertThat(reason(Side.BUY, "0.100", "99")).isEqualTo(GuardName.MIN_NOTIONAL);
  }

  @Test
  void theOrderIsWorthTheLargestNotionalAtMost() {
    assertThat(reason(Side.BUY, "10", null)).isNull();
    assertThat(reason(Side.BUY, "10.001", null)).isEqualTo(GuardName.MAX_NOTIONAL);
    assertThat(reason(Side.BUY, "10", "100.01")).isEqualTo(GuardName.MAX_NOTIONAL);
  }

  /** 10.001 at the mid of 100 is 1000.1, whatever less the seller would take. */
  @Test
  void Bug_3_aSaleWithALowLimitIsWorthWhatItMayBring() {
    position = "30";
    assertThat(reason(Side.SELL, "10", "1.5")).isNull();
    assertThat(reason(Side.SELL, "10.001", "1.5")).isEqualTo(GuardName.MAX_NOTIONAL);
    assertThat(reason(Side.SELL, "10", "100.01")).isEqualTo(GuardName.MAX_NOTIONAL);
  }

  @Test
  void theExposureAfterTheOrderCountsAllSymbols() {
    position = "10";
    otherExposure = "500";
    // (10 + 5) · 100 + 500 = 2000
    assertThat(reason(Side.BUY, "5", null)).isNull();
    assertThat(reason(Side.BUY, "5.001", null)).isEqualTo(GuardName.MAX_EXPOSURE);
  }

  @Test
  void anOrderThatReducesPassesTheExposureLimit() {
    position = "30";
    assertThat(reason(Side.SELL, "1", null)).isNull();
    position = "-30";
    assertThat(reason(Side.SELL, "1", null)).isEqualTo(GuardName.MAX_EXPOSURE);
  }

  @Test
  void aSecondHoldsOnlySoManyOrders() {
    recentOrders = 2;
    assertThat(reason(Side.BUY, "1", null)).isNull();
    recentOrders = 3;
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.ORDER_RATE);
  }

  @Test
  void aRefusalTellsTheValueTheLimitAndEverythingItLookedAt() {
    Blocked blocked = (Blocked) check(Side.BUY, "11", null);
    assertThat(blocked.detail()).isEqualTo("1100 is above 1000");
    assertThat(blocked.inputs())
        .containsEntry("quantity", "11")
        .containsEntry("refMid", "100")
        .containsEntry("maxNotional", "1000")
        .containsEntry("position", "0")
        .containsEntry("syncedBooks", "2")
        .doesNotContainKey("limitPrice");
  }

  @Test
  void lessThanALotIsTooLittleForAnyVenue() {
    Blocked blocked = (Blocked) check(Side.BUY, "0.0005", null);
    assertThat(blocked.reason()).isEqualTo(GuardName.MIN_QUANTITY);
    assertThat(blocked.inputs())
        .containsEntry("value", "0.0005")
        .containsEntry("limit", "0.001")
        .containsEntry("scope", "ORDER");
  }

  @Test
  void aGuardThatReducesLetsOnlyOrdersTowardsZeroThrough() {
    standing = reducedBy(GuardName.MAX_DRAWDOWN);
    position = "5";
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.MAX_DRAWDOWN);
    assertThat(reason(Side.SELL, "5", null)).isNull();
    assertThat(reason(Side.SELL, "6", null)).isEqualTo(GuardName.MAX_DRAWDOWN);
    Blocked blocked = (Blocked) check(Side.BUY, "1", null);
    assertThat(blocked.inputs())
        .containsEntry("value", "0.12")
        .containsEntry("limit", "0.1")
        .containsEntry("tripped:MAX_DRAWDOWN", "0.12");
    assertThat(blocked.detail()).contains("0.12", "0.1");
    tradingState = TradingState.HALTED;
    assertThat(reason(Side.SELL, "5", null)).isEqualTo(GuardName.HALTED);
  }

  @Test
  void someVenueMustBeOpen() {
    standing = closed(2, "BREAKER_OPEN");
    assertThat(reason(Side.BUY, "1", null)).isNull();
    standing = closed(1, "BREAKER_OPEN");
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.BUDGET_EXHAUSTED);
    standing = closed(1, "CLOCK_SKEW");
    assertThat(reason(Side.BUY, "1", null)).isEqualTo(GuardName.CLOCK_SKEW);
  }

  /** Whatever stands, it never stops an order that only brings a position closer to zero. */
  @Property
  void whatStopsRiskNeverStopsReducingIt(
      @ForAll @IntRange(min = 1, max = 9_999) int size,
      @ForAll boolean isShort,
      @ForAll boolean isReducing,
      @ForAll Set<@From("reducers") GuardName> tripped,
      @ForAll @IntRange(max = 1_000_000) int elsewhere) {
    tradingState = isReducing ? TradingState.REDUCING : TradingState.ACTIVE;
    position = (isShort ? "-" : "") + "9.999";
    otherExposure = Integer.toString(elsewhere);
    standing = reducedBy(tripped.toArray(GuardName[]::new));
    String quantity = BigDecimal.valueOf(size, 3).toPlainString();
    assertThat(reason(isShort ? Side.BUY : Side.SELL, quantity, null))
        .isIn(null, GuardName.MIN_NOTIONAL);
    boolean stops = isReducing || !tripped.isEmpty();
    if (stops) {
      assertThat(reason(isShort ? Side.SELL : Side.BUY, quantity, null))
          .isIn(GuardName.REDUCING, GuardName.MAX_DRAWDOWN, GuardName.LOSS_STREAK);
    }
  }

  @Provide
  Arbitrary<GuardName> reducers() {
    return Arbitraries.of(Stream.of(GuardName.values()).filter(GuardName::reducesTrading).toList());
  }

  private static Standing reducedBy(GuardName... guards) {
    return new Standing(
        Stream.of(guards)
            .map(
                guard ->
                    new GuardSeen(
                        guard,
                        "ACCOUNT",
                        new BigDecimal("0.12"),
                        new BigDecimal("0.1"),
                        TestVenue.NOON,
                        "later"))
            .toList(),
        1,
        new TreeMap<>());
  }

  private static Standing closed(int venues, String gate) {
    return new Standing(List.of(), venues, new TreeMap<>(Map.of(new Venue("A"), gate)));
  }

  @Test
  void theMarketIsSummedUpOverAllVenues() {
    TestVenue a = new TestVenue("A").rules("0.010", "5");
    TestVenue b = new TestVenue("B").rules("0.001", "10");
    TestVenue c = new TestVenue("C").rules("0.100", "20");
    b.state = BookState.STALE;
    c.state = BookState.SUSPECT;

    assertThat(MarketViews.of(List.of(a, b, c), BigDecimal.TEN, TestVenue.NOON))
        .isEqualTo(
            new MarketView(1, 1, 1, BigDecimal.TEN, new BigDecimal("0.001"), new BigDecimal("5")));
  }

  @Test
  void theOrderRateForgetsAnOrderAfterOneSecond() {
    OrderRate rate = new OrderRate();
    rate.passed(TestVenue.NOON);
    rate.passed(TestVenue.NOON.plusMillis(500));
    assertThat(rate.inLastSecond(TestVenue.NOON.plusMillis(999))).isEqualTo(2);
    assertThat(rate.inLastSecond(TestVenue.NOON.plusMillis(1_000))).isEqualTo(1);
    assertThat(rate.inLastSecond(TestVenue.NOON.plusMillis(1_500))).isZero();
  }

  private @Nullable GuardName reason(Side side, String quantity, @Nullable String limit) {
    return check(side, quantity, limit) instanceof Blocked blocked ? blocked.reason() : null;
  }

  private GuardVerdict check(Side side, String quantity, @Nullable String limit) {
    OrderIntent intent =
        new OrderIntent(
            TestVenue.BTC,
            side,
            new BigDecimal(quantity),
            limit == null ? null : new BigDecimal(limit),
            TimeInForce.IOC,
            OrderIntent.MANUAL,
            null);
    MarketView market =
        new MarketView(
            synced,
            stale,
            suspect,
            refMid == null ? null : new BigDecimal(refMid),
            new BigDecimal("0.001"),
            new BigDecimal("10"));
    return PreTradeGuards.check(
        intent,
        new GuardInputs(
            tradingState,
            new BigDecimal(position),
            new BigDecimal(otherExposure),
            market,
            recentOrders,
            doubted,
            standing),
        LIMITS);
  }
}
