package dev.papertape.command.features;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.features.parity.OnlineValue;
import dev.papertape.command.features.parity.ParityRange;
import dev.papertape.command.features.parity.ParityTallies;
import dev.papertape.command.features.parity.SampleParity;
import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.router.CommonMid;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.FeatureParity.Divergence;
import dev.papertape.contracts.features.ParityVerdict;
import dev.papertape.contracts.market.BookState;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Features of books and trades: by hand, and against what the stored samples give. */
class SampledFeaturesTest {
  private final DroppedValues dropped = new DroppedValues();
  private static final long MAX_AGE_MS = 10_000;

  private final List<FeatureValue> values = new ArrayList<>();
  private final List<BookSample> samples = new ArrayList<>();
  private final OnlineFeatures features =
      new OnlineFeatures(
          List.of(),
          new FeatureSink() {
            @Override
            public void value(FeatureValue value) {
              values.add(value);
            }

            @Override
            public void sample(BookSample sample) {
              samples.add(sample);
            }
          },
          1);
  private final TestVenue binance = new TestVenue("BINANCE");
  private final TestVenue kraken = new TestVenue("KRAKEN");
  private long frame;

  @Test
  void a_book_gives_what_it_gives_by_hand() {
    binance.bid("99.00", "1").bid("98.00", "2").ask("101.00", "3").ask("102.00", "4");
    kraken.bid("99.50", "1").ask("100.00", "1");

    second(0);

    // Mids 100 and 99.75.
    assertThat(value("mid", "*")).isEqualTo(99.875);
    // (3 − 7) / 10
    assertThat(value("bookImbalance", "BINANCE")).isEqualTo(-0.4);
    // (99 · 3 + 101 · 1) / 4
    assertThat(value("microprice", "BINANCE")).isCloseTo(99.5, within(1e-12));
    // 10000 · 2 / 100
    assertThat(value("spreadBps", "BINANCE")).isCloseTo(200, within(1e-9));
    assertThat(samples).hasSize(2);
  }

  @Test
  void only_five_levels_count() {
    for (int level = 0; level < 8; level++) {
      binance.bid(90 - level + ".00", "1");
    }
    binance.ask("91.00", "5");

    second(0);

    assertThat(value("bookImbalance", "BINANCE")).isZero();
    assertThat(samples.getFirst().bids()).hasSize(5);
  }

  @Test
  void a_suspect_or_stale_book_gives_nothing() {
    binance.bid("99.00", "1").ask("101.00", "1");
    kraken.bid("99.00", "1").ask("101.00", "1");
    kraken.state = BookState.SUSPECT;
    second(0);
    binance.state = BookState.STALE;
    second(1);

    assertThat(values).allMatch(value -> !value.series().venue().equals("KRAKEN"));
    assertThat(values).allMatch(value -> value.eventTime().equals(NOON));
  }

  @Test
  void flow_counts_takers_of_the_last_sixty_whole_seconds() {
    binance.bid("99.00", "1").ask("101.00", "1");
    traded(Side.SELL, 9_000); // Before the first sample: of no whole second.
    second(0);
    traded(Side.BUY, 3_000);
    for (int s = 1; s <= 59; s++) {
      second(s);
    }
    assertThat(names()).doesNotContain("tradeFlowImbalance");
    traded(Side.SELL, 1_000);

    second(60);
    // (3 − 1) / 4
    assertThat(value("tradeFlowImbalance", "BINANCE")).isEqualTo(0.5);
    second(61);
    // The buy has left the window.
    assertThat(value("tradeFlowImbalance", "BINANCE")).isEqualTo(-1);
  }

  @Test
  void a_window_without_a_trade_has_no_flow() {
    binance.bid("99.00", "1").ask("101.00", "1");
    for (int s = 0; s <= 70; s++) {
      second(s);
    }
    assertThat(names()).doesNotContain("tradeFlowImbalance");
  }

  @Test
  void finer_lots_do_not_change_what_was_traded() {
    binance.bid("99.00", "1").ask("101.00", "1");
    second(0);
    traded(Side.BUY, 3_000);
    for (int s = 1; s <= 59; s++) {
      second(s);
    }
    binance.book.rescale(2, 5);
    traded(Side.SELL, 100_000);
    second(60);

    // 3 bought, 1 sold.
    assertThat(value("tradeFlowImbalance", "BINANCE")).isEqualTo(0.5);
  }

  @Test
  void the_samples_give_what_the_engine_gave() {
    walk(130, 130);

    List<FeatureParity> parity = parity(30);

    assertThat(parity).hasSize(5).allMatch(each -> each.verdict() == ParityVerdict.MATCH);
    assertThat(of(parity, "mid").compared()).isEqualTo(99);
    assertThat(of(parity, "mid").equal()).isEqualTo(99);
    assertThat(of(parity, "microprice").compared()).isEqualTo(2 * 99);
    // From second 60 on.
    assertThat(of(parity, "tradeFlowImbalance").compared()).isEqualTo(2 * 70);
  }

  @Test
  void a_changed_value_is_named() {
    walk(40, 130);
    int changed = indexOf("spreadBps", "KRAKEN", 20);
    FeatureValue before = values.get(changed);
    values.set(
        changed,
        new FeatureValue(
            before.series(),
            before.eventTime(),
            before.availableAt(),
            before.epoch(),
            before.frame(),
            before.value() + 1));

    FeatureParity spread = of(parity(5), "spreadBps");

    assertThat(spread.verdict()).isEqualTo(ParityVerdict.MISMATCH);
    assertThat(spread.mismatched()).isEqualTo(1);
    Divergence first = spread.firstDivergence();
    assertThat(first).isNotNull();
    assertThat(first.venue()).isEqualTo(kraken.venue());
    assertThat(first.eventTime()).isEqualTo(NOON.plusSeconds(20));
    assertThat(first.position()).isEqualTo(before.frame());
    assertThat(first.online()).isEqualTo(before.value() + 1);
    assertThat(first.backtest()).isCloseTo(before.value(), within(1e-9));
  }

  @Test
  void what_is_missing_is_named() {
    walk(40, 130);
    values.remove(indexOf("mid", "*", 12));
    samples.removeIf(
        sample -> sample.venue().equals("BINANCE") && sample.at().equals(NOON.plusSeconds(25)));

    List<FeatureParity> parity = parity(5);

    assertThat(of(parity, "mid").missingOnline()).isEqualTo(1);
    FeatureParity imbalance = of(parity, "bookImbalance");
    assertThat(imbalance.missingBacktest()).isEqualTo(1);
    assertThat(imbalance.firstDivergence()).isNotNull();
    assertThat(imbalance.firstDivergence().eventTime()).isEqualTo(NOON.plusSeconds(25));
  }

  @Test
  void an_alpha_reads_what_was_computed() {
    walk(3, 130);

    FeatureWindow mids = features.of(BTC).newest("mid", null, 2);
    FeatureWindow spreads = features.of(BTC).newest("spreadBps", kraken.venue(), 3);

    assertThat(mids).isNotNull();
    assertThat(mids.feature()).isEqualTo("mid");
    assertThat(mids.points())
        .extracting(FeatureWindow.Point::at)
        .containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(2));
    assertThat(Double.parseDouble(mids.points().getLast().value())).isEqualTo(value("mid", "*"));
    assertThat(spreads).isNotNull();
    assertThat(spreads.feature()).isEqualTo("spreadBps@KRAKEN");
    assertThat(features.of(BTC).newest("mid", null, 4)).isNull();
    assertThat(features.of(BTC).newest("rsi", kraken.venue(), 1)).isNull();
  }

  /** 2 · (2^62) scaled units are more than a long holds; so are they with a decimal more. */
  @Test
  void Bug_4_more_than_a_long_is_traded_and_the_engine_lives() {
    long half = Long.MAX_VALUE / 2 + 1;
    binance.bid("99.00", "1").ask("101.00", "1");
    second(0);
    traded(Side.BUY, half);
    traded(Side.BUY, half);
    second(1);
    binance.book.rescale(2, 5);
    traded(Side.SELL, 1);
    for (int s = 2; s <= 60; s++) {
      second(s);
    }

    // 2^63 / 1000 bought against 0.00001 sold.
    assertThat(value("tradeFlowImbalance", "BINANCE")).isEqualTo(1);
    FeatureParity flow = of(parity(-1), "tradeFlowImbalance");
    assertThat(flow.verdict()).isEqualTo(ParityVerdict.MATCH);
    assertThat(flow.compared()).isEqualTo(1);
  }

  /** 2^62 / 1000 each, three of them: more than a long holds in thousandths. */
  @Test
  void Bug_4_more_than_a_long_lies_in_the_book() {
    for (int level = 0; level < 3; level++) {
      binance.bid(99 - level + ".00", "4611686018427387.904");
    }
    binance.ask("101.00", "1");

    second(0);

    assertThat(value("bookImbalance", "BINANCE")).isCloseTo(1, within(1e-12));
    assertThat(of(parity(-1), "bookImbalance").verdict()).isEqualTo(ParityVerdict.MATCH);
  }

  @Test
  void Bug_4_more_points_than_are_kept_are_an_error() {
    walk(3, 130);
    FeatureReader reader = features.of(BTC);

    assertThatThrownBy(() -> reader.newest("mid", null, 65))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reader.newest("mid", null, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void Bug_4_that_a_feature_was_not_there_is_remembered() {
    ReadFeatures read = new ReadFeatures(features.of(BTC));

    read.newest("rsi", kraken.venue(), 2);
    read.newest("rsi", kraken.venue(), 3);
    read.newest("mid", null, 1);

    assertThat(read.windows())
        .containsExactly(
            new FeatureWindow("rsi@KRAKEN", 1, List.of()), new FeatureWindow("mid", 1, List.of()));
  }

  /** Two books that move, with trades, second by second. */
  private void walk(int seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int s = 0; s < seconds; s++) {
      move(binance, random);
      move(kraken, random);
      second(s);
    }
  }

  private void move(TestVenue venue, SplittableRandom random) {
    venue.bid(99 - random.nextInt(3) + ".00", "" + random.nextInt(1, 9));
    venue.ask(100 + random.nextInt(3) + ".50", "" + random.nextInt(1, 9));
    for (int t = 0; t < random.nextInt(4); t++) {
      trade(venue, random.nextBoolean() ? Side.BUY : Side.SELL, random.nextInt(1, 9_999));
    }
  }

  private void traded(Side side, long quantity) {
    trade(binance, side, quantity);
  }

  private void trade(TestVenue venue, Side side, long quantity) {
    features.traded(
        new PublicTrade(venue.venue(), BTC, 10_000, quantity, side, NOON), venue.book.scale());
  }

  private void second(int second) {
    frame++;
    var now = NOON.plusSeconds(second);
    binance.receivedAt = now;
    kraken.receivedAt = now;
    List<BookView> books = List.of(binance, kraken);
    BigDecimal mid = CommonMid.of(books, now, MAX_AGE_MS);
    if (mid != null && features.isSampleDue(BTC, now)) {
      features.sample(BTC, mid, CommonMid.qualifying(books, now, MAX_AGE_MS), now, frame);
    }
  }

  private List<FeatureParity> parity(int after) {
    ParityRange range = new ParityRange(NOON.plusSeconds(after), NOON.plusSeconds(1_000));
    ParityTallies tallies =
        new ParityTallies(
            BuiltInFeatures.all().stream().filter(each -> each.input().isSampled()).toList());
    Map<String, Map<String, List<OnlineValue>>> stored = new HashMap<>();
    for (FeatureValue value : values) {
      if (range.after().isBefore(value.eventTime())) {
        stored
            .computeIfAbsent(value.series().name(), _ -> new HashMap<>())
            .computeIfAbsent(value.series().venue(), _ -> new ArrayList<>())
            .add(
                new OnlineValue(
                    value.eventTime(), value.availableAt(), value.frame(), value.value()));
      }
    }
    SampleParity parity = new SampleParity(BTC, samples, range);
    parity.check(stored, tallies);
    dropped.tell(
        range.after(), range.knownUntil(), (series, at) -> parity.dropped(series, at, tallies));
    return tallies.results();
  }

  /** A database that was away: what a second was made of went with its values. */
  @Test
  void Bug_4_aSecondWhoseSampleAndValuesWereDroppedIsMissing() {
    quoted();
    for (int second = 0; second < 40; second++) {
      second(second);
    }
    var lost = NOON.plusSeconds(30);
    values.stream().filter(value -> value.eventTime().equals(lost)).forEach(dropped::add);
    values.removeIf(value -> value.eventTime().equals(lost));
    samples.removeIf(sample -> sample.at().equals(lost));

    List<FeatureParity> parity = parity(0);

    assertThat(of(parity, "mid").missingOnline()).isEqualTo(1);
    assertThat(of(parity, "bookImbalance").missingOnline()).as("two venues").isEqualTo(2);
    assertThat(of(parity, "bookImbalance").firstDivergence().eventTime()).isEqualTo(lost);
    assertThat(of(parity, "bookImbalance").firstDivergence().backtest()).isNull();
  }

  /** Its sample tells that it is missing: once is enough. */
  @Test
  void aDroppedValueWhoseSampleIsThereIsCountedOnce() {
    quoted();
    for (int second = 0; second < 10; second++) {
      second(second);
    }
    var lost = NOON.plusSeconds(5);
    values.stream().filter(value -> value.eventTime().equals(lost)).forEach(dropped::add);
    values.removeIf(value -> value.eventTime().equals(lost));
    assertThat(of(parity(0), "spreadBps").missingOnline()).isEqualTo(2);
  }

  private void quoted() {
    binance.bid("99.00", "1").ask("101.00", "3");
    kraken.bid("99.50", "1").ask("100.00", "1");
  }

  private static FeatureParity of(List<FeatureParity> parity, String name) {
    return parity.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> names() {
    return values.stream().map(value -> value.series().name()).toList();
  }

  private int indexOf(String name, String venue, int second) {
    for (int i = 0; i < values.size(); i++) {
      FeatureValue value = values.get(i);
      if (value.series().name().equals(name)
          && value.series().venue().equals(venue)
          && value.eventTime().equals(NOON.plusSeconds(second))) {
        return i;
      }
    }
    throw new IllegalArgumentException(name + " of " + venue + " at " + second);
  }

  /** The newest one. */
  private double value(String name, String venue) {
    return values.stream()
        .filter(value -> value.series().name().equals(name))
        .filter(value -> value.series().venue().equals(venue))
        .reduce((first, second) -> second)
        .orElseThrow()
        .value();
  }
}
