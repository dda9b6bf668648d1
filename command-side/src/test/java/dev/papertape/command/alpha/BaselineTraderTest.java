package dev.papertape.command.alpha;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaselineTraderTest {
  /** Wishes whatever the test says, from the second sample on. */
  private static final class Scripted implements Alpha {
    double wish;
    @Nullable String reads;

    @Override
    public String id() {
      return "scripted";
    }

    @Override
    public int lookBack() {
      return 2;
    }

    @Override
    public AlphaKind kind() {
      return AlphaKind.PROVIDED;
    }

    @Override
    public List<String> features() {
      return List.of();
    }

    @Override
    public @Nullable Double signal(AlphaMoment now) {
      FeatureReader features = now.features();
      if (reads != null) {
        features.newest(reads, BINANCE, 2);
        features.newest(reads, BINANCE, 2);
        features.newest("unknown", null, 2);
      }
      return now.mids().size() < lookBack() ? null : wish;
    }
  }

  private static final Venue BINANCE = new Venue("BINANCE");
  private static final FeatureReader NO_FEATURES = (name, venue, points) -> null;

  private FeatureReader features = NO_FEATURES;
  private final Scripted alpha = new Scripted();
  private final BaselineTrader trader =
      new BaselineTrader(
          alpha,
          new BaselineTrader.Sizing(
              new BigDecimal("10000"), new BigDecimal("2000"), Duration.ofSeconds(5)));

  @Test
  void buysTheTargetInWholeLots() {
    alpha.wish = 1;
    assertThat(tick(0, "300", "0")).isNull();

    BaselineTrader.Wish wish = tick(1_000, "300", "0");

    // 10000 / 300 = 33.333…, lots of 0.01
    assertThat(wish)
        .isEqualTo(
            new BaselineTrader.Wish(
                new OrderIntent(
                    BTC,
                    Side.BUY,
                    new BigDecimal("33.33"),
                    null,
                    TimeInForce.IOC,
                    "scripted",
                    null),
                List.of(
                    new FeatureWindow(
                        "mid",
                        1,
                        List.of(
                            new FeatureWindow.Point(NOON, "300"),
                            new FeatureWindow.Point(NOON.plusSeconds(1), "300"))),
                    new FeatureWindow(BaselineTrader.PREVIOUS_SIGNAL, 1, List.of()))));
  }

  /** Whether a wish between the thresholds stays depends on what it was. */
  @Test
  void Bug_4_thePreviousSignalIsNamedAmongWhatLedToTheOrder() {
    alpha.wish = 0.5;
    tick(0, "100", "50");
    assertThat(tick(1_000, "100", "50")).isNull();
    alpha.wish = 1;

    BaselineTrader.Wish wish = tick(2_000, "100", "50");

    assertThat(wish.windows().getLast())
        .isEqualTo(
            new FeatureWindow(
                BaselineTrader.PREVIOUS_SIGNAL,
                1,
                List.of(new FeatureWindow.Point(NOON.plusSeconds(1), "0.5"))));
  }

  @Test
  void turnsAroundByWhatItHoldsAndWhatItWants() {
    warmUp();
    alpha.wish = -1;
    BaselineTrader.Wish wish = tick(2_000, "100", "100");

    // from +10000 to −10000
    assertThat(wish).isNotNull();
    assertThat(wish.intent().side()).isEqualTo(Side.SELL);
    assertThat(wish.intent().quantity()).isEqualByComparingTo("200");
  }

  @Test
  void leavesSmallDifferencesAlone() {
    warmUp();
    alpha.wish = 1;
    // holds 8001, wants 10000
    assertThat(tick(2_000, "100", "80.01")).isNull();
    assertThat(tick(3_000, "100", "80")).isNotNull();
  }

  @Test
  void anotherSizingHoldsFromTheNextTickOn() {
    warmUp();
    alpha.wish = 1;
    assertThat(tick(2_000, "100", "0").intent().quantity()).isEqualByComparingTo("100");
    trader.use(
        new BaselineTrader.Sizing(
            new BigDecimal("20000"), new BigDecimal("2000"), Duration.ofSeconds(1)),
        MomentumAlpha.Parameters.DEFAULT);
    assertThat(tick(3_000, "100", "0").intent().quantity()).isEqualByComparingTo("200");
  }

  @Test
  void waitsBetweenOrdersOfOneSymbol() {
    warmUp();
    alpha.wish = 1;
    assertThat(tick(2_000, "100", "0")).isNotNull();
    assertThat(tick(6_000, "100", "0")).isNull();
    assertThat(tick(6_900, "100", "0")).isNull();
    warmUpAt(7_000);
    assertThat(tick(8_000, "100", "0")).isNotNull();
  }

  @Test
  void looksOnceASecond() {
    alpha.wish = 1;
    tick(0, "100", "0");
    for (int ms = 100; ms < 1_000; ms += 100) {
      assertThat(tick(ms, "100", "0")).isNull();
    }
    assertThat(tick(1_000, "100", "0")).isNotNull();
  }

  @Test
  void beginsAnewAfterSecondsWithoutAMid() {
    alpha.wish = 1;
    tick(0, "100", "0");
    assertThat(tick(1_000, null, "0")).isNull();
    assertThat(tick(2_000, "100", "0")).isNull();
    assertThat(tick(3_000, "100", "0")).isNotNull();
  }

  @Test
  void symbolsDoNotShareMids() {
    alpha.wish = 1;
    tick(0, "100", "0");
    Symbol eth = new Symbol("ETH-USDT");
    assertThat(
            trader.onTick(
                new BaselineTrader.Tick(
                    eth,
                    NOON.plusSeconds(1),
                    BigDecimal.TEN,
                    NO_FEATURES,
                    BigDecimal.ZERO,
                    new BigDecimal("0.01"))))
        .isNull();
  }

  /** A walk with a deviation of one basis point a second, as the simulator's calm regime. */
  @Test
  void theBaselineTradesBothWaysWithinTheFirstMinuteOfAWalk() {
    BaselineTrader baseline =
        new BaselineTrader(MomentumAlpha.baseline(), BaselineTrader.Sizing.DEFAULT);
    Random random = new Random(7);
    double mid = 60_000;
    BigDecimal position = BigDecimal.ZERO;
    List<Side> sides = new ArrayList<>();
    int firstAt = Integer.MAX_VALUE;
    for (int second = 0; second < 60; second++) {
      mid *= 1 + random.nextGaussian() * 1e-4;
      BaselineTrader.Wish wish =
          baseline.onTick(
              new BaselineTrader.Tick(
                  BTC,
                  NOON.plusSeconds(second),
                  BigDecimal.valueOf(Math.round(mid * 100), 2),
                  NO_FEATURES,
                  position,
                  new BigDecimal("0.00001")));
      if (wish != null) {
        firstAt = Math.min(firstAt, second);
        sides.add(wish.intent().side());
        position =
            position.add(
                wish.intent().quantity().multiply(BigDecimal.valueOf(wish.intent().side().sign())));
      }
    }
    assertThat(firstAt).isLessThan(30);
    assertThat(sides).contains(Side.BUY, Side.SELL).hasSizeBetween(3, 12);
  }

  private void warmUp() {
    warmUpAt(0);
    tick(1_000, "100", "0");
  }

  private void warmUpAt(long ms) {
    double wish = alpha.wish;
    alpha.wish = 0;
    tick(ms, "100", "0");
    alpha.wish = wish;
  }

  @Test
  void namesTheFeaturesThatTheAlphaRead() {
    FeatureWindow rsi =
        new FeatureWindow(
            "rsi@BINANCE",
            1,
            List.of(
                new FeatureWindow.Point(NOON.minusSeconds(60), "41.5"),
                new FeatureWindow.Point(NOON, "42.25")));
    features = (name, venue, points) -> name.equals("rsi") ? rsi : null;
    alpha.reads = "rsi";
    alpha.wish = 1;
    tick(0, "100", "0");

    BaselineTrader.Wish wish = tick(1_000, "100", "0");

    assertThat(wish).isNotNull();
    assertThat(wish.windows()).hasSize(3);
    assertThat(wish.windows().getFirst().feature()).isEqualTo("mid");
    assertThat(wish.windows().get(1)).isEqualTo(rsi);
  }

  private BaselineTrader.@Nullable Wish tick(long ms, @Nullable String mid, String position) {
    return trader.onTick(
        new BaselineTrader.Tick(
            BTC,
            NOON.plusMillis(ms),
            mid == null ? null : new BigDecimal(mid),
            features,
            new BigDecimal(position),
            new BigDecimal("0.01")));
  }
}
