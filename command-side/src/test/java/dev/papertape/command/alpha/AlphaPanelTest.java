package dev.papertape.command.alpha;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.alpha.AlphaPanel.Opinion;
import dev.papertape.command.alpha.AlphaPanel.Sample;
import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaBenched;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlphaPanelTest {
  private static final FeatureReader NO_FEATURES = (name, venue, points) -> null;

  /** Long enough for a machine that is busy with other things. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private final List<AlphaBenched> benched = new ArrayList<>();

  @Test
  void momentumSpeaksOnceItHasSeenItsLookBack() {
    AlphaPanel panel = panel(AlphaCatalogue.BUILT_IN, spec("momentum", AlphaKind.MOMENTUM, 2));
    assertThat(opinions(panel, 0, "100")).isEmpty();
    assertThat(opinions(panel, 1, "101")).isEmpty();

    List<Opinion> opinions = opinions(panel, 2, "102");

    assertThat(opinions).hasSize(1);
    assertThat(opinions.getFirst().value()).isEqualTo(1);
    assertThat(opinions.getFirst().windows())
        .containsExactly(
            new FeatureWindow("mid", 1, List.of(point(0, "100"), point(1, "101"), point(2, "102"))),
            new FeatureWindow("previousSignal:momentum", 1, List.of()));
    assertThat(opinions(panel, 3, "103").getFirst().windows().getLast())
        .isEqualTo(new FeatureWindow("previousSignal:momentum", 1, List.of(point(2, "1.0"))));
  }

  @Test
  void samplesOnceAnInterval() {
    AlphaPanel panel = panel(AlphaCatalogue.BUILT_IN);
    assertThat(sample(panel, NOON.plusMillis(100), "100")).isNotNull();
    assertThat(sample(panel, NOON.plusMillis(900), "100")).isNull();
    assertThat(sample(panel, NOON.plusMillis(1_000), "100")).isNotNull();
    AlphaPanel hourly = new AlphaPanel(Duration.ofHours(1), AlphaCatalogue.BUILT_IN, benched::add);
    assertThat(sample(hourly, NOON, "100")).isNotNull();
    assertThat(sample(hourly, NOON.plusSeconds(3_599), "100")).isNull();
    assertThat(sample(hourly, NOON.plusSeconds(3_600), "100")).isNotNull();
  }

  @Test
  void oneThatThrowsIsBenchedAndTheOthersAreAsked() {
    AlphaCatalogue catalogue =
        catalogue(
            provided(
                "broken",
                _ -> {
                  throw new IllegalStateException("no luck");
                }),
            provided("fine", _ -> 0.5));
    AlphaPanel panel =
        panel(catalogue, spec("broken", AlphaKind.PROVIDED), spec("fine", AlphaKind.PROVIDED));

    assertThat(opinions(panel, 0, "100")).extracting(Opinion::value).containsExactly(0.5);
    opinions(panel, 1, "100");

    assertThat(benched)
        .containsExactly(
            new AlphaBenched("broken", "THREW", "It threw IllegalStateException: no luck."));
  }

  @Test
  void whatIsNoSignalBenches() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1.0000001, -2}) {
      benched.clear();
      AlphaPanel panel =
          panel(catalogue(provided("odd", _ -> wrong)), spec("odd", AlphaKind.PROVIDED));
      assertThat(opinions(panel, 0, "100")).isEmpty();
      assertThat(benched).extracting(AlphaBenched::reason).containsExactly("NOT_A_SIGNAL");
    }
  }

  @Test
  void oneThatHangsIsBenchedAndAnsweredNoMoreWhileItHangs() {
    CountDownLatch never = new CountDownLatch(1);
    AlphaCatalogue catalogue =
        new AlphaCatalogue(
            List.of(
                provided(
                    "stuck",
                    _ -> {
                      awaitUninterruptibly(never);
                      return 1.0;
                    })),
            Duration.ofMillis(20));
    AlphaSpec stuck = spec("stuck", AlphaKind.PROVIDED);
    AlphaPanel panel = panel(catalogue, stuck);

    assertThat(opinions(panel, 0, "100")).isEmpty();
    assertThat(benched)
        .containsExactly(new AlphaBenched("stuck", "HUNG", "It did not answer within 20 ms."));

    // The registry knows of it, then somebody resumes it too early.
    panel.use(List.of(with(stuck, "HUNG: It did not answer within 20 ms.")));
    panel.use(List.of(stuck));
    opinions(panel, 1, "100");
    assertThat(benched).hasSize(2);
    assertThat(benched.getLast().detail())
        .isEqualTo("It has not answered an earlier question yet.");
    never.countDown();
  }

  @Test
  void aBenchHoldsUntilTheRegistryHasKnownItAndEndedIt() {
    boolean[] isBroken = {true};
    AlphaSpec spec = spec("moody", AlphaKind.PROVIDED);
    AlphaPanel panel = panel(catalogue(provided("moody", _ -> isBroken[0] ? 7.0 : 1.0)), spec);
    opinions(panel, 0, "100");
    isBroken[0] = false;

    // Another alpha's change, decided before the registry had the bench.
    panel.use(List.of(spec, spec("momentum", AlphaKind.MOMENTUM)));
    assertThat(opinions(panel, 1, "100")).isEmpty();
    panel.use(List.of(with(spec, "NOT_A_SIGNAL: …")));
    assertThat(opinions(panel, 2, "100")).isEmpty();
    panel.use(List.of(spec));
    assertThat(opinions(panel, 3, "100")).hasSize(1);
  }

  @Test
  void oneThatNobodyProvidesIsBenched() {
    AlphaPanel panel = panel(AlphaCatalogue.BUILT_IN, spec("gone", AlphaKind.PROVIDED));
    assertThat(opinions(panel, 0, "100")).isEmpty();
    assertThat(benched).hasSize(1);
    assertThat(benched.getFirst().detail()).contains("no bean and no service");
  }

  @Test
  void aSignalFromOutsideHoldsForItsHorizon() {
    AlphaPanel panel = panel(AlphaCatalogue.BUILT_IN, spec("outside", AlphaKind.EXTERNAL));
    assertThat(opinions(panel, 0, "100")).isEmpty();
    panel.take(new SignalReceived("outside", BTC, -0.25, 2_000, NOON, 3, NOON.plusMillis(500)));

    assertThat(opinions(panel, 1, "100"))
        .containsExactly(
            new Opinion(
                spec("outside", AlphaKind.EXTERNAL),
                -0.25,
                List.of(
                    new FeatureWindow("receivedSignal:outside", 1, List.of(point(0, "-0.25"))))));
    assertThat(opinions(panel, 2, "100")).isEmpty();
    assertThat(panel.newestReceived("outside", BTC)).isEqualTo(NOON);
    assertThat(panel.newestReceived("outside", new Symbol("ETH-USDT"))).isNull();
  }

  @Test
  void theRegimeScalesAndIsNamed() {
    AlphaPanel panel = panel(AlphaCatalogue.BUILT_IN, spec("momentum", AlphaKind.MOMENTUM, 2));
    opinions(panel, 0, "100");
    opinions(panel, 1, "101");
    Sample inChop =
        panel.sample(BTC, NOON.plusSeconds(2), new BigDecimal("102"), NO_FEATURES, Regime.CHOP);

    assertThat(inChop).isNotNull();
    Opinion opinion = inChop.opinions().getFirst();
    assertThat(opinion.value()).isEqualTo(0.5);
    assertThat(opinion.windows())
        .contains(new FeatureWindow("regimeScale:momentum", 1, List.of(point(2, "0.5"))));
    // What it remembers is its own wish: after the regime it is whole again.
    assertThat(opinions(panel, 3, "103").getFirst().value()).isEqualTo(1);
    assertThat(RegimeScale.of(AlphaKind.MEAN_REVERSION, Regime.STRESS)).isZero();
  }

  @Test
  void pausedRetiredAndOtherSymbolsAreNotAsked() {
    AlphaSpec plain = spec("a", AlphaKind.PROVIDED);
    AlphaSpec paused =
        new AlphaSpec(
            "b",
            "b",
            AlphaKind.PROVIDED,
            new TreeMap<>(),
            List.of(),
            List.of(),
            1,
            AlphaStage.ACTIVE,
            true,
            null,
            null);
    AlphaSpec retired =
        new AlphaSpec(
            "c",
            "c",
            AlphaKind.PROVIDED,
            new TreeMap<>(),
            List.of(),
            List.of(),
            1,
            AlphaStage.RETIRED,
            false,
            null,
            null);
    AlphaSpec other =
        new AlphaSpec(
            "d",
            "d",
            AlphaKind.PROVIDED,
            new TreeMap<>(),
            List.of(new Symbol("ETH-USDT")),
            List.of(),
            1,
            AlphaStage.ACTIVE,
            false,
            null,
            null);
    AlphaCatalogue all =
        catalogue(
            provided("a", _ -> 1.0),
            provided("b", _ -> 1.0),
            provided("c", _ -> 1.0),
            provided("d", _ -> 1.0));
    assertThat(opinions(panel(all, other, retired, paused, plain), 0, "100"))
        .extracting(opinion -> opinion.spec().alphaId())
        .containsExactly("a");
  }

  private AlphaPanel panel(AlphaCatalogue catalogue, AlphaSpec... specs) {
    AlphaPanel panel = new AlphaPanel(Duration.ofSeconds(1), catalogue, benched::add);
    panel.use(List.of(specs));
    return panel;
  }

  private static List<Opinion> opinions(AlphaPanel panel, int second, String mid) {
    Sample sample = sample(panel, NOON.plusSeconds(second), mid);
    if (sample == null) {
      throw new AssertionError("no sample in second " + second);
    }
    return sample.opinions();
  }

  private static @Nullable Sample sample(AlphaPanel panel, Instant at, String mid) {
    return panel.sample(BTC, at, new BigDecimal(mid), NO_FEATURES, null);
  }

  private static FeatureWindow.Point point(int second, String value) {
    return new FeatureWindow.Point(NOON.plusSeconds(second), value);
  }

  private static AlphaSpec spec(String id, AlphaKind kind) {
    return new AlphaSpec(
        id,
        id,
        kind,
        new TreeMap<>(),
        List.of(),
        List.of(),
        1,
        AlphaStage.ACTIVE,
        false,
        null,
        null);
  }

  private static AlphaSpec spec(String id, AlphaKind kind, int lookBack) {
    AlphaSpec plain = spec(id, kind);
    plain.params().put("lookBack", (double) lookBack);
    return plain;
  }

  private static AlphaSpec with(AlphaSpec spec, String benchedReason) {
    return new AlphaSpec(
        spec.alphaId(),
        spec.name(),
        spec.kind(),
        spec.params(),
        List.of(),
        List.of(),
        1,
        AlphaStage.ACTIVE,
        false,
        benchedReason,
        null);
  }

  private static AlphaCatalogue catalogue(AlphaProvider... providers) {
    return new AlphaCatalogue(List.of(providers), PATIENT);
  }

  private static AlphaProvider provided(String id, Function<AlphaMoment, Double> signal) {
    return new AlphaProvider() {
      @Override
      public String alphaId() {
        return id;
      }

      @Override
      public String name() {
        return id;
      }

      @Override
      public Alpha create(SortedMap<String, Double> params) {
        return new Alpha() {
          @Override
          public String id() {
            return id;
          }

          @Override
          public AlphaKind kind() {
            return AlphaKind.PROVIDED;
          }

          @Override
          public int lookBack() {
            return 1;
          }

          @Override
          public List<String> features() {
            return List.of();
          }

          @Override
          public @Nullable Double signal(AlphaMoment now) {
            return signal.apply(now);
          }
        };
      }
    };
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean isOver = false;
    while (!isOver) {
      try {
        latch.await();
        isOver = true;
      } catch (InterruptedException again) {
        // As code that does not care would.
      }
    }
  }
}
