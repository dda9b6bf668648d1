package dev.papertape.command.features;

import static dev.papertape.command.features.TestBars.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.features.parity.KnownBar;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.features.FeatureInput;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.FeatureParity.Divergence;
import dev.papertape.contracts.features.ParityVerdict;
import dev.papertape.contracts.market.Bar;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BarSeries;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.AbstractIndicator;
import org.ta4j.core.num.Num;

/** Online values and a backtest's are the same values, and whatever makes them differ is found. */
class FeatureStoreParityTest {
  private static final List<BarFeature> BUILT_IN = BarFeatures.builtIn();

  @Test
  void the_engine_and_the_backtest_agree_on_every_feature() {
    FeatureRig rig = new FeatureRig(BUILT_IN).live(TestBars.walk(500, 1));

    Map<String, FeatureParity> parity = rig.parity(minute(300));

    for (FeatureDefinition definition : barDefinitions()) {
      FeatureParity found = parity.get(definition.name());
      assertThat(found.divergences()).as("%s", found).isZero();
      // Values at the ends of bars 300 to 499; with 400 bars before them, of 399 to 499.
      assertThat(found.compared())
          .as(definition.name())
          .isEqualTo(definition.lookBack() == BuiltInFeatures.RECURSIVE ? 101 : 200);
      assertThat(found.smape()).isNotNull().isLessThan(1e-6);
      assertThat(found.firstDivergence()).isNull();
      assertThat(found.verdict()).isEqualTo(ParityVerdict.MATCH);
    }
    assertThat(ParityVerdict.of(parity.values())).isEqualTo(ParityVerdict.MATCH);
  }

  /** Prices below a cent of a cent: where ta4j takes small differences for none. */
  @Test
  void prices_may_be_small() {
    List<Bar> small =
        TestBars.walk(420, 2).stream()
            .map(
                bar ->
                    new Bar(
                        bar.openTime(),
                        bar.open().movePointLeft(7),
                        bar.high().movePointLeft(7),
                        bar.low().movePointLeft(7),
                        bar.close().movePointLeft(7),
                        bar.volume(),
                        null,
                        null))
            .toList();

    Map<String, FeatureParity> parity = new FeatureRig(BUILT_IN).live(small).parity(minute(398));

    assertThat(parity.values()).allMatch(each -> each.verdict() == ParityVerdict.MATCH);
    assertThat(parity.get("adx").maxAbsDiff()).isLessThan(1e-9);
  }

  /** The last move lies 350 minutes back: what is left of it is a ratio of two small averages. */
  @Test
  void a_market_may_stand_still() {
    List<Bar> bars = new ArrayList<>(TestBars.walk(60, 3));
    long close = bars.getLast().close().unscaledValue().longValueExact();
    for (int i = 60; i < 420; i++) {
      bars.add(TestBars.bar(minute(i), close, close, close, close));
    }

    Map<String, FeatureParity> parity = new FeatureRig(BUILT_IN).live(bars).parity(minute(398));

    assertThat(parity.values()).allMatch(each -> each.divergences() == 0);
    assertThat(parity.get("rsi").compared()).isEqualTo(21);
    assertThat(parity.get("chop").compared()).isZero();
    assertThat(parity.get("bollingerPercentB").verdict()).isEqualTo(ParityVerdict.NO_DATA);
  }

  @Test
  void a_history_that_comes_at_once_has_its_values_when_it_came() {
    FeatureRig rig = new FeatureRig(BUILT_IN);
    Instant came = minute(500).plusSeconds(5);
    TestBars.walk(500, 4).forEach(bar -> rig.told(bar, came));
    rig.settle();

    assertThat(rig.values).isNotEmpty().allMatch(value -> value.availableAt().isAfter(came));
    assertThat(rig.parity(minute(399)).values())
        .allMatch(each -> each.verdict() == ParityVerdict.MATCH);
  }

  @Test
  void a_bar_that_comes_late_revises_and_both_are_compared() {
    List<Bar> bars = TestBars.walk(60, 5);
    FeatureRig rig = new FeatureRig(BUILT_IN);
    List<Bar> inTime = new ArrayList<>(bars);
    Bar late = inTime.remove(50);
    rig.live(inTime).told(late, minute(60).plusSeconds(10)).settle();

    FeatureParity returns = rig.parity(minute(49)).get("logReturn");

    // Ends of bars 49 and 51 to 59 as they were, then of 50 to 59 as they are.
    assertThat(returns.compared()).isEqualTo(20);
    assertThat(returns.divergences()).isZero();
    List<Double> revisions =
        rig.values.stream()
            .filter(value -> value.series().name().equals("logReturn"))
            .filter(value -> value.eventTime().equals(minute(52)))
            .map(value -> value.value())
            .toList();
    assertThat(revisions)
        .containsExactly(
            logReturn(bars.get(49), bars.get(51)), logReturn(bars.get(50), bars.get(51)));
  }

  @Test
  void a_quarantined_bar_makes_no_value() {
    List<Bar> bars = TestBars.walk(40, 6);
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    rig.condemned(bars.get(38), minute(40).plusSeconds(5)).settle();

    Map<String, FeatureParity> parity = rig.parity(minute(38));

    // The value over bar 38 was right when it was put; of bar 39 there are two.
    assertThat(parity.get("logReturn").compared()).isEqualTo(3);
    assertThat(parity.values()).allMatch(each -> each.divergences() == 0);
  }

  /** Its own value, and those whose run of bars it held together. */
  @Test
  void Bug_4_a_value_that_cannot_be_had_any_more_is_taken_back() {
    List<Bar> bars = new ArrayList<>(TestBars.walk(60, 6));
    bars.subList(31, 35).clear(); // Bar 30 to 35: five minutes, the longest hole.
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    rig.condemned(bars.get(30), minute(60).plusSeconds(5)).settle();

    List<FeatureValue> taken = rig.values.stream().filter(value -> value.value() == null).toList();
    assertThat(taken)
        .filteredOn(value -> value.series().name().equals("logReturn"))
        .extracting(FeatureValue::eventTime)
        .containsExactly(minute(31), minute(36));
    assertThat(taken)
        .filteredOn(value -> value.series().name().equals("chop"))
        .as("fifteen bars in a row end at 49 at the earliest now")
        .extracting(FeatureValue::eventTime)
        .containsExactly(
            Stream.concat(
                    Stream.of(minute(31)), IntStream.range(36, 50).mapToObj(each -> minute(each)))
                .toArray(Instant[]::new));
    assertThat(taken).allMatch(value -> value.availableAt().isAfter(minute(60)));
    assertThat(rig.parity(minute(15)).values()).allMatch(each -> each.divergences() == 0);
    assertThat(newest(rig)).isEqualTo(newest(without(bars, 30)));
  }

  private static FeatureRig without(List<Bar> bars, int index) {
    List<Bar> others = new ArrayList<>(bars);
    others.remove(index);
    return new FeatureRig(BUILT_IN).live(others);
  }

  @Test
  void Bug_4_a_value_that_was_not_taken_back_is_a_divergence() {
    List<Bar> bars = TestBars.walk(40, 6);
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    rig.history.add(new KnownBar(bars.get(39), minute(40).plusSeconds(5), false));

    FeatureParity returns = rig.parity(minute(38)).get("logReturn");

    assertThat(returns.missingBacktest()).isEqualTo(1);
    assertThat(returns.firstDivergence().eventTime()).isEqualTo(minute(40));
    assertThat(returns.firstDivergence().backtest()).isNull();
  }

  @Test
  void Bug_4_a_value_that_was_taken_back_for_nothing_is_missing() {
    List<Bar> bars = TestBars.walk(40, 6);
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    rig.condemned(bars.get(39), minute(40).plusSeconds(5)).settle();
    rig.history.removeLast();

    FeatureParity returns = rig.parity(minute(38)).get("logReturn");

    assertThat(returns.missingOnline()).isPositive();
    assertThat(returns.firstDivergence().online()).isNull();
  }

  /** Its life ended between the verdict on the bar and the tick after it. */
  @Test
  void Bug_4_a_new_life_takes_back_what_the_one_before_could_not() {
    List<Bar> bars = TestBars.walk(40, 6);
    List<FeatureValue> put = new ArrayList<>();
    OnlineFeatures features =
        new OnlineFeatures(
            BUILT_IN,
            new FeatureSink() {
              @Override
              public void value(FeatureValue value) {
                put.add(value);
              }

              @Override
              public void sample(BookSample sample) {}
            },
            2);
    features.recall(FeatureRig.VENUE, FeatureRig.BTC, bars.subList(0, 39), List.of(minute(39)));
    features.tick(minute(41), 1);

    assertThat(put)
        .filteredOn(value -> value.value() == null && value.eventTime().equals(minute(40)))
        .hasSameSizeAs(BUILT_IN);
  }

  @Test
  void an_outage_is_stepped_over_by_nothing() {
    List<Bar> bars = new ArrayList<>(TestBars.walk(60, 7));
    bars.subList(30, 35).clear(); // From 29 to 35: six minutes.
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);

    assertThat(eventTimes(rig, "logReturn")).doesNotContain(minute(36)).contains(minute(37));
    // Fifteen bars from 35 on.
    assertThat(eventTimes(rig, "chop")).doesNotContain(minute(49)).contains(minute(50));
    assertThat(rig.parity(minute(15)).values()).allMatch(each -> each.divergences() == 0);
  }

  @Test
  void a_revision_that_the_engine_slept_through_is_missing() {
    List<Bar> bars = TestBars.walk(30, 8);
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    Bar revised = TestBars.bar(minute(28), 9_000, 12_000, 9_000, 11_000);
    rig.history.add(new KnownBar(revised, minute(30).plusSeconds(2), true));

    FeatureParity returns = rig.parity(minute(27)).get("logReturn");

    // The ends of bars 28 and 29.
    assertThat(returns.missingOnline()).isEqualTo(2);
    Divergence first = returns.firstDivergence();
    assertThat(first).isNotNull();
    assertThat(first.eventTime()).isEqualTo(minute(29));
    assertThat(first.online()).isNull();
    assertThat(first.backtest()).isEqualTo(logReturn(bars.get(27), revised));
    assertThat(returns.verdict()).isEqualTo(ParityVerdict.MISMATCH);
  }

  @Test
  void a_value_that_nobody_could_know_is_missing_in_the_backtest() {
    List<Bar> bars = TestBars.walk(30, 9);
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    // It says that bar 29 came a minute later than the engine says that it used it.
    rig.history.removeLast();
    rig.history.add(new KnownBar(bars.get(29), minute(31).plusSeconds(1), true));

    FeatureParity returns = rig.parity(minute(28)).get("logReturn");

    assertThat(returns.missingBacktest()).isEqualTo(1);
    Divergence first = returns.firstDivergence();
    assertThat(first).isNotNull();
    assertThat(first.position()).isEqualTo(30);
    assertThat(first.online()).isEqualTo(logReturn(bars.get(28), bars.get(29)));
  }

  /** The classic: a backtest that uses the bar after the one that it decides at. */
  @Test
  void a_look_ahead_of_one_bar_is_found() {
    BarFeature peeking =
        new BarFeature(
            definition("nextClose", 1, 1e-9),
            bars -> bars.close(bars.size() - 1),
            series -> indicator(series, index -> close(series, index + 1)));
    List<Bar> bars = TestBars.walk(20, 10);

    FeatureParity found =
        new FeatureRig(List.of(peeking)).live(bars).parity(minute(5)).get("nextClose");

    assertThat(found.verdict()).isEqualTo(ParityVerdict.MISMATCH);
    // Bars 5 to 18 have a bar after them; at bar 19 there is nothing to peek at yet.
    assertThat(found.compared()).isEqualTo(15);
    long unlike = 0;
    int firstUnlike = -1;
    for (int i = 5; i < 19; i++) {
      if (bars.get(i).close().compareTo(bars.get(i + 1).close()) != 0) {
        unlike++;
        firstUnlike = firstUnlike < 0 ? i : firstUnlike;
      }
    }
    assertThat(found.mismatched()).isEqualTo(unlike).isGreaterThan(10);
    assertThat(found.firstDivergence())
        .isEqualTo(
            new Divergence(
                FeatureRig.BTC,
                FeatureRig.VENUE,
                minute(firstUnlike + 1),
                firstUnlike + 1L,
                bars.get(firstUnlike).close().doubleValue(),
                bars.get(firstUnlike + 1).close().doubleValue()));
  }

  /** 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1 in doubles. */
  @Test
  void a_difference_of_summing_order_is_found_where_none_is_allowed() {
    BarFeature summing =
        new BarFeature(
            definition("sum", 3, 0),
            bars -> bars.close(0) + bars.close(1) + bars.close(2),
            series ->
                indicator(
                    series,
                    index ->
                        close(series, index)
                            + close(series, index - 1)
                            + close(series, index - 2)));
    List<Bar> bars = new ArrayList<>();
    long[] cents = {100, 100, 100, 10, 20, 30};
    for (int i = 0; i < cents.length; i++) {
      bars.add(TestBars.bar(minute(i), cents[i], cents[i], cents[i], cents[i]));
    }

    FeatureParity found = new FeatureRig(List.of(summing)).live(bars).parity(minute(2)).get("sum");

    // 1+1+1, 1+1+0.1 and 1+0.1+0.2 are the same either way; 0.1+0.2+0.3 is 0.6000000000000001.
    assertThat(found.equal()).isEqualTo(3);
    assertThat(found.mismatched()).isEqualTo(1);
    assertThat(found.firstDivergence())
        .isEqualTo(
            new Divergence(
                FeatureRig.BTC, FeatureRig.VENUE, minute(6), 6L, 0.6000000000000001, 0.6));
    assertThat(found.maxAbsDiff()).isEqualTo(Math.ulp(0.6));
  }

  /** What comes later changes nothing that was said before, online or in the backtest. */
  @Property(tries = 20)
  void no_future_changes_a_past_value(
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 402, max = 410) int past) {
    List<Bar> common = TestBars.walk(past, seed);
    List<Bar> one = withFuture(common, 8, seed + 1);
    List<Bar> other = withFuture(common, 8, seed + 2);

    assertThat(onlineUntil(one, past)).isEqualTo(onlineUntil(other, past)).isNotEmpty();
    assertThat(backtestAt(one, past)).isEqualTo(backtestAt(other, past)).isNotEmpty();
  }

  /** As it stands: any order of arrival of a stretch of history gives the same newest values. */
  @Property(tries = 10)
  void the_order_of_arrival_does_not_matter(
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    List<Bar> bars = TestBars.walk(120, seed);
    List<Bar> shuffled = new ArrayList<>(bars);
    Collections.shuffle(shuffled, new java.util.Random(seed));
    FeatureRig rig = new FeatureRig(BUILT_IN);
    shuffled.forEach(bar -> rig.told(bar, minute(130)));
    rig.settle();

    assertThat(newest(rig)).isEqualTo(newest(new FeatureRig(BUILT_IN).live(bars)));
  }

  private static Map<String, Double> newest(FeatureRig rig) {
    Map<String, Double> newest = new HashMap<>();
    rig.values.forEach(
        value -> newest.put(value.series().name() + "@" + value.eventTime(), value.value()));
    newest.values().removeIf(Objects::isNull);
    return newest;
  }

  private static List<Bar> withFuture(List<Bar> past, int more, long seed) {
    List<Bar> bars = new ArrayList<>(past);
    List<Bar> future = TestBars.walk(past.size() + more, seed);
    bars.addAll(future.subList(past.size(), future.size()));
    return bars;
  }

  private static Map<String, Double> onlineUntil(List<Bar> bars, int past) {
    FeatureRig rig = new FeatureRig(BUILT_IN).live(bars);
    Map<String, Double> values = new HashMap<>();
    rig.values.stream()
        .filter(value -> !value.eventTime().isAfter(minute(past)))
        .forEach(
            value -> values.put(value.series().name() + "@" + value.eventTime(), value.value()));
    return values;
  }

  private static Map<String, Double> backtestAt(List<Bar> bars, int past) {
    BarSeries series = TestBars.series(bars);
    Map<String, Double> values = new HashMap<>();
    for (BarFeature feature : BUILT_IN) {
      values.put(
          feature.definition().name(),
          feature.backtest().over(series).getValue(past - 1).doubleValue());
    }
    return values;
  }

  private static List<Instant> eventTimes(FeatureRig rig, String feature) {
    return rig.values.stream()
        .filter(value -> value.series().name().equals(feature))
        .map(value -> value.eventTime())
        .toList();
  }

  private static List<FeatureDefinition> barDefinitions() {
    return BUILT_IN.stream().map(BarFeature::definition).toList();
  }

  private static double logReturn(Bar before, Bar bar) {
    return Math.log(bar.close().doubleValue() / before.close().doubleValue());
  }

  private static FeatureDefinition definition(String name, int lookBack, double tolerance) {
    return new FeatureDefinition(
        name, 1, FeatureInput.CANDLES, lookBack, tolerance, "quote", "for this test");
  }

  /** The newest close where the series has ended. */
  private static double close(BarSeries series, int index) {
    return series.getBar(Math.min(index, series.getEndIndex())).getClosePrice().doubleValue();
  }

  private static Indicator<Num> indicator(
      BarSeries series, java.util.function.IntToDoubleFunction formula) {
    return new AbstractIndicator<>(series) {
      @Override
      public Num getValue(int index) {
        return series.numFactory().numOf(formula.applyAsDouble(index));
      }

      @Override
      public int getCountOfUnstableBars() {
        return 0;
      }
    };
  }

  /** Start of minute {@code i}, which is the end of bar {@code i − 1}. */
  private static Instant minute(int i) {
    return START.plus(Duration.ofMinutes(i));
  }
}
