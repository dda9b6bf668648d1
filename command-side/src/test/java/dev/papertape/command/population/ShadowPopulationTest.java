package dev.papertape.command.population;

import static dev.papertape.command.population.Samples.RULES;
import static dev.papertape.command.population.Samples.START;
import static dev.papertape.command.population.Samples.after;
import static dev.papertape.command.population.Samples.begun;
import static dev.papertape.command.population.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.alpha.Alpha;
import dev.papertape.command.alpha.AlphaMoment;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.population.MemberScore;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand.EvolvePopulation;
import dev.papertape.contracts.population.PopulationCommand.StopPopulation;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Members p-0 … of a population whose generations last ten seconds; mids are told by the test. */
class ShadowPopulationTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ShadowCosts FREE = new ShadowCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  /** One that says what its member's script says. */
  private record Scripted(ToDoubleFunction<AlphaMoment> script) implements Alpha {
    @Override
    public String id() {
      return "scripted";
    }

    @Override
    public AlphaKind kind() {
      return AlphaKind.MOMENTUM;
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
      return script.applyAsDouble(now);
    }
  }

  private static ShadowMember.Alphas scripts(Map<String, ToDoubleFunction<AlphaMoment>> scripts) {
    return (_, member) -> new Scripted(scripts.get(member.memberId()));
  }

  private final Map<String, ToDoubleFunction<AlphaMoment>> longAndShort =
      Map.of("p-0", _ -> 1, "p-1", _ -> -1);

  /**
   * 10 units long or short from mid 100 on. Mids 101, 100, 102, …: each second's return is the move
   * · 10 / 1000. Ten moves of +1, −1, +2, −2, … +5, −5 add up to 0 for both; an eleventh return is
   * not counted.
   */
  @Test
  void countsAReturnASecondUntilTheIntervalIsOver() {
    ShadowPopulation shadow = shadow(begun(spec("p", 2, 0.5, 1)), longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    double mid = 100;
    second(shadow, 0, mid, said);
    for (int move = 1; move <= 5; move++) {
      second(shadow, 2 * move - 1, mid + move, said);
      second(shadow, 2 * move, mid, said);
    }
    second(shadow, 11, 200, said);
    assertThat(said).hasSize(1);
    MembersScored scores = said.getFirst();
    assertThat(scores.complete()).isTrue();
    assertThat(scores.elapsedMs()).isEqualTo(10_000);
    assertThat(scores.generation()).isZero();
    assertThat(scores.feedTime()).isEqualTo(START.plusSeconds(10));
    MemberScore up = scores.members().getFirst();
    assertThat(up.memberId()).isEqualTo("p-0");
    assertThat(up.returns()).isEqualTo(10);
    assertThat(up.mean()).isCloseTo(0, within(1e-12));
    // 2 · (0.01² + … + 0.05²) = 2 · 0.0055
    assertThat(up.sumSquares()).isCloseTo(0.011, within(1e-12));
    assertThat(up.pnl()).isEqualByComparingTo("0");
    assertThat(up.score()).isCloseTo(0, within(1e-9));
    assertThat(up.trades()).isEqualTo(1);
  }

  /** One unit at 1000; +1, +3 a second: mean 0.002, deviation 0.001 · √(10/9). */
  @Test
  void theScoreIsMeanOverDeviation() {
    ShadowPopulation shadow = shadow(begun(spec("p", 2, 0.5, 1)), longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    double mid = 1_000;
    second(shadow, 0, mid, said);
    for (int n = 1; n <= 10; n++) {
      mid += n % 2 == 1 ? 1 : 3;
      second(shadow, n, mid, said);
    }
    double sharpe = 0.002 / (0.001 * Math.sqrt(10.0 / 9));
    MembersScored scores = said.getFirst();
    assertThat(scores.members().get(0).score()).isCloseTo(sharpe, within(1e-9));
    assertThat(scores.members().get(0).pnl()).isEqualByComparingTo("20");
    assertThat(scores.members().get(1).pnl()).isEqualByComparingTo("-20");
    assertThat(scores.members().get(1).score()).isCloseTo(-sharpe, within(1e-9));
  }

  @Test
  void anOutageCountsNeitherAsTimeNorAsReturn() {
    ShadowPopulation shadow = shadow(begun(spec("p", 2, 0.5, 1)), longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 5; n++) {
      second(shadow, n, 100, said);
    }
    for (int n = 3_600; n <= 3_604; n++) {
      second(shadow, n, 150, said);
    }
    assertThat(said).noneMatch(MembersScored::complete);
    second(shadow, 3_605, 150, said);
    MembersScored complete = said.getLast();
    assertThat(complete.complete()).isTrue();
    assertThat(complete.elapsedMs()).isEqualTo(10_000);
    assertThat(complete.members().getFirst().returns()).isEqualTo(10);
    assertThat(complete.members().getFirst().sumSquares()).isZero();
    assertThat(complete.members().getFirst().score()).isNull();
  }

  /** 10 at 100 cost 1 each way: 10 in all, in the first return although it was the first sample. */
  @Test
  void whatTheFirstTradeCostsCounts() {
    ShadowCosts costs = new ShadowCosts(BigDecimal.ONE, BigDecimal.ZERO);
    ShadowPopulation shadow = shadow(begun(spec("p", 2, 0.5, 1)), longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 10; n++) {
      Instant at = START.plusSeconds(n);
      shadow.sample(BTC, at, BigDecimal.valueOf(100), () -> costs, (_, _, _) -> null, null);
      MembersScored scores = shadow.observe(1, at);
      if (scores != null) {
        said.add(scores);
      }
    }
    MemberScore up = said.getFirst().members().getFirst();
    assertThat(up.pnl()).isEqualByComparingTo("-10");
    assertThat(up.mean()).isCloseTo(-0.001, within(1e-12));
  }

  @Test
  void oneThatThrowsOrGivesNoSignalIsAskedNoMoreAndTheOthersGoOn() {
    ShadowPopulation shadow =
        shadow(
            begun(spec("p", 3, 0.3, 1)),
            Map.of(
                "p-0",
                now -> {
                  if (now.mids().size() > 0 && now.mids().newest(1)[0] > 104) {
                    throw new IllegalStateException("broken");
                  }
                  return 1;
                },
                "p-1",
                now -> now.mids().newest(1)[0] > 104 ? 1.5 : 1,
                "p-2",
                _ -> 1),
            null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 10; n++) {
      second(shadow, n, 100 + n + n % 3, said);
    }
    List<MemberScore> members = said.getFirst().members();
    assertThat(members.get(0).failure()).contains("broken");
    assertThat(members.get(0).score()).isNull();
    assertThat(members.get(1).failure()).contains("1.5");
    assertThat(members.get(1).score()).isNull();
    assertThat(members.get(2).failure()).isNull();
    assertThat(members.get(2).score()).isPositive();
  }

  @Test
  void whileItIsStoppedNothingIsAskedAndNoTimePasses() {
    Population running = begun(spec("p", 2, 0.5, 1));
    ShadowPopulation shadow = shadow(running, longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 5; n++) {
      second(shadow, n, 100, said);
    }
    Population stopped = after(running, RULES.decide(running, new StopPopulation("p", "why")));
    shadow.use(stopped);
    for (int n = 6; n <= 40; n++) {
      second(shadow, n, 100, said);
    }
    assertThat(said).isEmpty();
    shadow.use(running);
    for (int n = 41; n <= 46; n++) {
      second(shadow, n, 100, said);
    }
    assertThat(said).hasSize(1);
    assertThat(said.getFirst().members().getFirst().returns()).isEqualTo(10);
  }

  @Test
  void scoresAreSaidEachMinuteToo() {
    ShadowPopulation shadow = shadow(begun(longSpec()), longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 130; n++) {
      second(shadow, n, 100 + n % 7, said);
    }
    assertThat(said).noneMatch(MembersScored::complete).hasSize(2);
    assertThat(said.getFirst().feedTime()).isEqualTo(START.plusSeconds(60));
    assertThat(said.getFirst().elapsedMs()).isEqualTo(60_000);
  }

  /** Killed right after a minute's scores were written; the new life goes on from them. */
  @Test
  void anotherLifeGoesOnFromTheNewestScores() {
    ShadowPopulation whole = shadow(begun(longSpec()), longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 60; n++) {
      second(whole, n, 100 + n % 7, said);
    }
    MembersScored left = said.getFirst();
    ShadowPopulation next = shadow(begun(longSpec()), longAndShort, left);
    List<MembersScored> saidNext = new ArrayList<>();
    for (int n = 500; n <= 740; n++) {
      // The same moves as seconds 60 to 300 had; there is no return into the first sample.
      second(next, n, 100 + (n - 440) % 7, saidNext);
    }
    for (int n = 61; n <= 300; n++) {
      second(whole, n, 100 + n % 7, said);
    }
    MembersScored end = said.getLast();
    MembersScored endNext = saidNext.getLast();
    assertThat(end.complete()).isTrue();
    assertThat(endNext.complete()).isTrue();
    assertThat(endNext.elapsedMs()).isEqualTo(300_000);
    for (int i = 0; i < 2; i++) {
      MemberScore a = end.members().get(i);
      MemberScore b = endNext.members().get(i);
      assertThat(b.returns()).isEqualTo(a.returns()).isEqualTo(300);
      assertThat(b.pnl()).isEqualByComparingTo(a.pnl());
      assertThat(b.mean()).isCloseTo(a.mean(), within(1e-15));
      assertThat(b.sumSquares()).isCloseTo(a.sumSquares(), within(1e-12));
      assertThat(b.cash()).isEqualByComparingTo(a.cash());
    }
  }

  /**
   * Mids 1000, 1001, 1003, … 1055: p-0, long one unit, earns, so p-1 goes on from its book, with
   * −1000 in cash and that unit. Then it does as it always did and goes short: 1000 / 1055 =
   * 0.94786729 units; it sells 1.94786729 at 1055 for 2054.99999095.
   */
  @Test
  void whoIsReplacedGoesOnFromItsSourcesBookInTheSameLifeAndInAnother() {
    Population first = begun(spec("p", 2, 0.5, 1));
    ShadowPopulation shadow = shadow(first, longAndShort, null);
    List<MembersScored> said = new ArrayList<>();
    for (int n = 0; n <= 10; n++) {
      second(shadow, n, 1_000 + n * (n + 1) / 2.0, said);
    }
    MembersScored complete = said.getFirst();
    Population second = after(first, RULES.decide(first, new EvolvePopulation("p", complete, 7)));
    assertThat(second.member("p-1").orElseThrow().parentId()).isEqualTo("p-0");

    shadow.use(second);
    ShadowPopulation restarted = shadow(second, longAndShort, complete);
    for (ShadowPopulation each : List.of(shadow, restarted)) {
      List<MembersScored> later = new ArrayList<>();
      for (int n = 11; n <= 22; n++) {
        second(each, n, 1_055, later);
      }
      MemberScore copy = later.getFirst().members().get(1);
      assertThat(later.getFirst().generation()).isEqualTo(1);
      assertThat(copy.cash()).isEqualByComparingTo("1054.99999095");
      assertThat(copy.trades()).isEqualTo(1);
      assertThat(copy.pnl()).isEqualByComparingTo("0");
    }
  }

  @Test
  void aRunOverHistoryEndsGenerationsItselfAndTheSameAgain() {
    List<PopulationEvent> once = inline();
    assertThat(once).filteredOn(GenerationEnded.class::isInstance).hasSize(3);
    assertThat(inline()).isEqualTo(once);
  }

  private static List<PopulationEvent> inline() {
    ShadowPopulations shadows =
        new ShadowPopulations(
            (_, _) -> new Scripted(now -> now.mids().newest(1)[0] % 2), SECOND, 1);
    shadows.use(List.of(begun(spec("p", 4, 0.25, 1))), List.of(), RULES);
    List<PopulationEvent> out = new ArrayList<>();
    for (int n = 0; n <= 35; n++) {
      Instant at = START.plusSeconds(n);
      shadows.sample(BTC, at, BigDecimal.valueOf(100 + n % 5), () -> FREE, (_, _, _) -> null, null);
      shadows.observe(at, out::add);
    }
    assertThat(shadows.populations().getFirst().generation()).isEqualTo(3);
    return out;
  }

  /** As {@link Samples#spec} with five minutes a generation. */
  private static PopulationSpec longSpec() {
    var short10 = spec("p", 2, 0.5, 1);
    return new PopulationSpec(
        short10.populationId(),
        short10.alphaId(),
        short10.kind(),
        short10.symbols(),
        short10.members(),
        300_000,
        short10.quantile(),
        short10.resampleProbability(),
        short10.seed(),
        short10.minSamples(),
        short10.notional(),
        short10.applyBest(),
        short10.space());
  }

  private static ShadowPopulation shadow(
      Population population,
      Map<String, ToDoubleFunction<AlphaMoment>> scripts,
      @Nullable MembersScored newest) {
    return new ShadowPopulation(population, scripts(scripts), SECOND, newest);
  }

  /** Ten ticks, of which the first is sampled. */
  private static void second(ShadowPopulation shadow, int n, double mid, List<MembersScored> said) {
    for (int tick = 0; tick < 10; tick++) {
      Instant at = START.plusMillis(n * 1_000L + tick * 100);
      shadow.sample(BTC, at, BigDecimal.valueOf(mid), () -> FREE, (_, _, _) -> null, null);
      MembersScored scores = shadow.observe(1, at);
      if (scores != null) {
        said.add(scores);
      }
    }
  }
}
