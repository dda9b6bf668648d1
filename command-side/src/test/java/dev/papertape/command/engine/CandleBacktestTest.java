package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.alpha.AlphaCatalogue;
import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.market.candlefeed.CandleFeed;
import dev.papertape.command.market.candlefeed.CandleInput;
import dev.papertape.command.market.candlefeed.CandleMarket;
import dev.papertape.command.market.candlefeed.CandleTape;
import dev.papertape.command.market.candlefeed.CandleTerms;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The whole engine over hourly candles of a seeded walk. */
class CandleBacktestTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int BARS = 600;

  /** What a run told, and how much of it before each input. */
  private record Told(List<DomainEvent> facts, List<Integer> before) {}

  private static List<Bar> walk(int count, long seed, double volatility) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Bar> bars = new ArrayList<>();
    double price = 30_000;
    for (int n = 0; n < count; n++) {
      double next = price * (1 + volatility * (random.nextDouble() - 0.5));
      double top = Math.max(price, next) * 1.001;
      double bottom = Math.min(price, next) * 0.999;
      bars.add(
          new Bar(
              START.plus(HOUR.multipliedBy(n)),
              cents(price),
              cents(top),
              cents(bottom),
              cents(next),
              new BigDecimal(1_000 + random.nextInt(500)),
              null,
              null));
      price = next;
    }
    return bars;
  }

  private static BigDecimal cents(double price) {
    return BigDecimal.valueOf(price).setScale(2, RoundingMode.HALF_EVEN);
  }

  private static Told run(List<Bar> bars) throws InterruptedException {
    CandleTape tape =
        new CandleTape(new Venue("BINANCE"), new Symbol("BTC-USDT"), CandleInterval.ONE_HOUR, bars);
    List<DomainEvent> facts = new ArrayList<>();
    List<Integer> before = new ArrayList<>();
    CandleFeed feed = new CandleFeed(List.of(tape));
    Iterator<CandleInput> inputs =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return feed.hasNext();
          }

          @Override
          public CandleInput next() {
            before.add(facts.size());
            return feed.next();
          }
        };
    RecordingRun.unrecorded(
            settings(), new CandleMarket(List.of(tape), CandleTerms.DEFAULT), facts::add)
        .play(inputs, _ -> {});
    return new Told(facts, before);
  }

  private static EngineSettings settings() {
    return new EngineSettings(
        1,
        ReleasePolicy.baseline("backtest"),
        new BigDecimal("1000000"),
        HOUR,
        HOUR.multipliedBy(24),
        new AlphaSettings(
            AlphaSettings.builtIn().stream()
                .filter(spec -> spec.kind() != AlphaKind.ORDER_BOOK_IMBALANCE)
                .toList(),
            AlphaCatalogue.BUILT_IN,
            HOUR),
        Pace.of(CandleInterval.ONE_HOUR));
  }

  /** Signals, regimes, sizes, decisions, fills: all that is told before the futures part. */
  @Test
  void anotherFutureChangesNothingOfThePast() throws Exception {
    List<Bar> one = walk(BARS, 7, 0.02);
    List<Bar> other = new ArrayList<>(one.subList(0, BARS / 2));
    walk(BARS, 11, 0.08).subList(BARS / 2, BARS).forEach(other::add);

    Told told = run(one);
    Told toldOther = run(other);

    int parting = BARS; // two inputs a bar: the first that differs is the open of bar BARS / 2
    int known = told.before().get(parting);
    assertThat(known).isEqualTo(toldOther.before().get(parting)).isGreaterThan(BARS);
    assertThat(told.facts().subList(0, known)).isEqualTo(toldOther.facts().subList(0, known));
    assertThat(told.facts().stream().anyMatch(OrderFilled.class::isInstance)).isTrue();
    assertThat(told.facts()).isNotEqualTo(toldOther.facts());
  }

  @Test
  void theSameCandlesGiveTheSameFacts() throws Exception {
    List<Bar> bars = walk(BARS, 3, 0.02);
    assertThat(run(bars).facts()).isEqualTo(run(bars).facts());
  }

  /** Half of five bps from the next open, and at most 0.025² · 0.1 of it further. */
  @Test
  void whatIsDecidedAtACloseFillsAtTheNextOpen() throws Exception {
    List<Bar> bars = walk(BARS, 3, 0.02);
    Map<Instant, Bar> byOpen = new HashMap<>();
    bars.forEach(bar -> byOpen.put(bar.openTime(), bar));
    List<OrderFilled> fills =
        run(bars).facts().stream()
            .filter(OrderFilled.class::isInstance)
            .map(OrderFilled.class::cast)
            .toList();
    assertThat(fills).isNotEmpty();
    for (OrderFilled fill : fills) {
      Bar bar = byOpen.get(fill.feedTime().minusMillis(2));
      assertThat(bar).as("filled two ms after a bar began, at %s", fill.feedTime()).isNotNull();
      double open = bar.open().doubleValue();
      double away = fill.side().sign() * (fill.price().doubleValue() / open - 1);
      assertThat(away).isBetween(0.00025 - 1e-6, 0.00025 + 0.025 * 0.025 * 0.1 + 1e-6);
      assertThat(fill.side()).isIn(Side.BUY, Side.SELL);
    }
  }
}
