package dev.papertape.command.alpha;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.alpha.AlphaPanel.Sample;
import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.regime.Regime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule by numbers that are worked out by hand, and all of them by what they promise. */
class BuiltInAlphasTest {
  private static final Venue ALTO = new Venue("ALTO");
  private static final Venue BRIO = new Venue("BRIO");
  private static final List<AlphaKind> KINDS =
      List.of(
          AlphaKind.MOMENTUM,
          AlphaKind.MEAN_REVERSION,
          AlphaKind.BREAKOUT,
          AlphaKind.ORDER_BOOK_IMBALANCE,
          AlphaKind.VOLATILITY_CARRY);

  /** Logs 0, 0, 0, x: mean x/4, deviation x√3/4, so z = (3x/4) / (x√3/4) = √3 = 1.732 for any x. */
  @Test
  void reversionSellsWhatIsFarAboveItsMean() {
    double[] jump = {100, 100, 100, 101};
    assertThat(reversion(1.7, 0.5, 0, jump)).isEqualTo(-1);
    assertThat(reversion(1.75, 0.5, 0, jump)).isZero();
    assertThat(reversion(1.7, 0.5, 0, 100, 100, 100, 99)).isEqualTo(1);
  }

  /** Logs 0, 0, x, x: mean x/2, deviation x/2, z = 1. */
  @Test
  void reversionHoldsUntilTheMeanIsNear() {
    double[] halfWay = {100, 100, 101, 101};
    assertThat(reversion(1.5, 0.5, -1, halfWay)).isEqualTo(-1);
    assertThat(reversion(1.5, 0.5, 0, halfWay)).isZero();
    assertThat(reversion(1.5, 0.5, 1, halfWay)).isZero();
    assertThat(reversion(3, 1.1, -1, halfWay)).isZero();
    assertThat(reversion(1.5, 0.5, -1, 100, 100, 100, 100)).isZero();
  }

  /** Channel of three, exit channel of round(3 · 0.6) = two. */
  @Test
  void breakoutFollowsTheChannelsSides() {
    assertThat(breakout(0, 100, 102, 101, 102.5)).isEqualTo(1);
    assertThat(breakout(0, 100, 102, 101, 102)).isZero();
    assertThat(breakout(1, 100, 102, 101, 99.9)).isEqualTo(-1);
    // within {100, 103, 102}, and above the lower of {103, 102}
    assertThat(breakout(1, 100, 103, 102, 102.5)).isEqualTo(1);
    // within {100, 103, 102}, below the lower of {103, 102}
    assertThat(breakout(1, 100, 103, 102, 101.5)).isZero();
    assertThat(breakout(-1, 100, 103, 102, 101.5)).isEqualTo(-1);
  }

  /** Steps of the log mid in units: rms of 3, 3, 1, 1 is √5, of the newest two 1: r = 1/√5. */
  @Test
  void carryHoldsTheDriftWhileVolatilityFalls() {
    double fall = 1 - 1 / Math.sqrt(5);
    assertThat(carry(1, steps(3, 3, 1, 1))).isCloseTo(fall, within(1e-9));
    assertThat(carry(1, steps(-3, -3, 1, 1))).isCloseTo(-fall, within(1e-9));
    assertThat(carry(0.5, steps(3, 3, 1, 1))).isEqualTo(1);
    assertThat(carry(1, steps(1, 1, 3, 3))).isZero();
    assertThat(carry(1, 100, 101, 99, 99.5, 100)).isZero();
    assertThat(carry(1, 100, 100, 100, 100, 100)).isZero();
  }

  /** Averages 0.5 and 0.2 of two samples at two venues: 0.35. */
  @Test
  void imbalanceFollowsTheFullerSideOfTheVenuesThatAreThere() {
    Map<Venue, double[]> books = new TreeMap<>();
    books.put(ALTO, new double[] {0.4, 0.6});
    books.put(BRIO, new double[] {0.1, 0.3});
    assertThat(imbalance(0.3, 0.1, 0, books)).isEqualTo(1);
    assertThat(imbalance(0.36, 0.1, 0, books)).isZero();
    assertThat(imbalance(0.36, 0.1, 1, books)).isEqualTo(1);
    assertThat(imbalance(0.4, 0.36, 1, books)).isZero();
    books.remove(ALTO);
    assertThat(imbalance(0.3, 0.1, 0, books)).isZero();
    books.clear();
    assertThat(imbalance(0.3, 0.1, 0, books)).isNull();
  }

  @Property(tries = 150)
  void signalsAreBoundedAndAMirroredMarketMirrorsThem(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int kind) {
    Walk walk = Walk.of(seed, 150);
    SortedMap<String, Double> params = anyOf(KINDS.get(kind), new Random(seed));

    List<Double> signals = signals(KINDS.get(kind), params, walk, 150, null);
    List<Double> mirrored = signals(KINDS.get(kind), params, walk.mirrored(), 150, null);

    assertThat(signals).allMatch(each -> each >= -1 && each <= 1);
    assertThat(mirrored).hasSameSizeAs(signals);
    for (int i = 0; i < signals.size(); i++) {
      assertThat(mirrored.get(i)).isCloseTo(-signals.get(i), within(1e-7));
    }
  }

  @Property(tries = 50)
  void anotherFutureChangesNoPastSignal(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int kind) {
    Walk walk = Walk.of(seed, 150);
    Walk other = walk.withFuture(100, seed + 1);
    SortedMap<String, Double> params = anyOf(KINDS.get(kind), new Random(seed));
    for (Regime regime : Regime.values()) {
      List<Double> past = signals(KINDS.get(kind), params, walk, 100, regime);
      assertThat(signals(KINDS.get(kind), params, other, 150, regime).subList(0, past.size()))
          .isEqualTo(past);
    }
  }

  @Test
  void everyCornerOfTheBoundsMakesAnAlpha() {
    for (AlphaKind kind : KINDS) {
      List<ParameterRange> ranges = AlphaCatalogue.parameters(kind);
      for (int corner = 0; corner < 1 << ranges.size(); corner++) {
        SortedMap<String, Double> params = new TreeMap<>();
        for (int i = 0; i < ranges.size(); i++) {
          ParameterRange range = ranges.get(i);
          params.put(range.name(), (corner >> i & 1) == 0 ? range.min() : range.max());
        }
        Alpha alpha = AlphaCatalogue.BUILT_IN.create("a", kind, params);
        assertThat(alpha.kind()).isEqualTo(kind);
        assertThat(alpha.features()).isEqualTo(AlphaCatalogue.BUILT_IN.features("a", kind));
      }
    }
  }

  @Test
  void aReleaseTunesMomentumOnlyWhereItNamesOtherParameters() {
    List<AlphaSpec> registered = AlphaSettings.builtIn();
    MomentumAlpha.Parameters usual = MomentumAlpha.Parameters.DEFAULT;
    assertThat(ReleaseTuning.of(registered, usual, usual)).isEqualTo(registered);
    List<AlphaSpec> tuned =
        ReleaseTuning.of(registered, usual, new MomentumAlpha.Parameters(30, 1, 0.5));
    assertThat(tuned.getFirst().params())
        .isEqualTo(new TreeMap<>(Map.of("lookBack", 30.0, "enter", 1.0, "exit", 0.5)));
    assertThat(tuned.subList(1, 5)).isEqualTo(registered.subList(1, 5));
  }

  private static @Nullable Double reversion(
      double enter, double exit, double previous, double... mids) {
    return new MeanReversionAlpha("r", 4, enter, exit).signal(moment(previous, mids));
  }

  private static @Nullable Double breakout(double previous, double... mids) {
    return new BreakoutAlpha("b", 3, 0.6).signal(moment(previous, mids));
  }

  private static @Nullable Double carry(double fullAt, double... mids) {
    return new VolatilityCarryAlpha("c", 2, 2, fullAt).signal(moment(0, mids));
  }

  private static @Nullable Double imbalance(
      double enter, double exit, double previous, Map<Venue, double[]> books) {
    MidSeries mids = series(100);
    return new ImbalanceAlpha("i", 2, enter, exit)
        .signal(new AlphaMoment(mids, new Books(books, 2), null, previous));
  }

  private static AlphaMoment moment(double previous, double... mids) {
    return new AlphaMoment(series(mids), (name, venue, points) -> null, null, previous);
  }

  private static MidSeries series(double... mids) {
    MidSeries series = new MidSeries(mids.length, Duration.ofSeconds(1));
    for (int i = 0; i < mids.length; i++) {
      series.sample(NOON.plusSeconds(i), BigDecimal.valueOf(mids[i]));
    }
    return series;
  }

  /** Mids whose logs go these thousandths. */
  private static double[] steps(double... thousandths) {
    double[] mids = new double[thousandths.length + 1];
    mids[0] = 100;
    for (int i = 0; i < thousandths.length; i++) {
      mids[i + 1] = mids[i] * Math.exp(thousandths[i] / 1_000);
    }
    return mids;
  }

  private static SortedMap<String, Double> anyOf(AlphaKind kind, Random random) {
    SortedMap<String, Double> params = new TreeMap<>();
    for (ParameterRange range : AlphaCatalogue.parameters(kind)) {
      double most = range.integer() ? Math.min(range.max(), 40) : range.max();
      double value = range.min() + random.nextDouble() * (most - range.min());
      params.put(range.name(), range.nearest(value));
    }
    return params;
  }

  /** What the panel hears at each of the first samples, from the first opinion on. */
  private static List<Double> signals(
      AlphaKind kind,
      SortedMap<String, Double> params,
      Walk walk,
      int samples,
      @Nullable Regime regime) {
    AlphaPanel panel =
        new AlphaPanel(
            Duration.ofSeconds(1),
            AlphaCatalogue.BUILT_IN,
            benched -> {
              throw new AssertionError(benched.toString());
            });
    panel.use(
        List.of(
            new AlphaSpec(
                "a",
                "a",
                kind,
                params,
                List.of(),
                List.of(),
                1,
                AlphaStage.ACTIVE,
                false,
                null,
                null)));
    List<Double> signals = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      Map<Venue, double[]> books = new TreeMap<>();
      books.put(ALTO, Arrays.copyOf(walk.imbalances, i + 1));
      Sample sample =
          panel.sample(
              BTC,
              NOON.plusSeconds(i),
              BigDecimal.valueOf(100 * Math.exp(walk.logs[i])),
              new Books(books, i + 1),
              regime);
      if (sample == null) {
        throw new AssertionError("no sample " + i);
      }
      sample.opinions().forEach(opinion -> signals.add(opinion.value()));
    }
    return signals;
  }

  /** A market: logs of its mids and the imbalance of its book. */
  private record Walk(double[] logs, double[] imbalances) {
    static Walk of(long seed, int samples) {
      Random random = new Random(seed);
      double[] logs = new double[samples];
      double[] imbalances = new double[samples];
      for (int i = 1; i < samples; i++) {
        logs[i] = logs[i - 1] + random.nextGaussian() * 1e-3;
        imbalances[i] = Math.tanh(random.nextGaussian());
      }
      return new Walk(logs, imbalances);
    }

    Walk mirrored() {
      return new Walk(negated(logs), negated(imbalances));
    }

    Walk withFuture(int from, long seed) {
      Walk future = of(seed, logs.length);
      double[] otherLogs = logs.clone();
      double[] otherImbalances = imbalances.clone();
      System.arraycopy(future.logs, from, otherLogs, from, logs.length - from);
      System.arraycopy(future.imbalances, from, otherImbalances, from, logs.length - from);
      return new Walk(otherLogs, otherImbalances);
    }

    private static double[] negated(double[] values) {
      return Arrays.stream(values).map(value -> -value).toArray();
    }
  }

  /** One imbalance a second and venue, the newest at second {@code samples − 1}. */
  private record Books(Map<Venue, double[]> imbalances, int samples) implements FeatureReader {
    @Override
    public @Nullable FeatureWindow newest(String name, @Nullable Venue venue, int points) {
      double[] kept = venue == null ? null : imbalances.get(venue);
      if (!name.equals("bookImbalance") || kept == null || kept.length < points) {
        return null;
      }
      List<FeatureWindow.Point> window = new ArrayList<>();
      for (int i = kept.length - points; i < kept.length; i++) {
        window.add(new FeatureWindow.Point(NOON.plusSeconds(i), Double.toString(kept[i])));
      }
      return new FeatureWindow(name + "@" + venue, 1, window);
    }

    @Override
    public List<Venue> venues(String name, Instant since) {
      return List.copyOf(new TreeMap<>(imbalances).keySet());
    }
  }
}
