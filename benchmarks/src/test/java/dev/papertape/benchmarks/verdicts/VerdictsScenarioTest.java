package dev.papertape.benchmarks.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.benchmarks.Scenario;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A sample of the figures, held to what so few runs can say about what is asked for. */
class VerdictsScenarioTest {
  private static final int RUNS = 120;

  static final List<Case> CASES = Case.all();

  @ParameterizedTest
  @FieldSource("CASES")
  void rolloutsEndAsTheyShould(Case each) {
    CaseRuns runs = CaseRuns.of(each, RUNS);

    assertThat(VerdictsScenario.findings(runs, true)).isEmpty();
    assertThat(runs.recomputedOtherwise()).isZero();
  }

  /** What the peers are there to show; figures of the reference, far from any accident. */
  @Test
  void thePeersAbortGoodCandidatesAndNeverHold() {
    CaseRuns good = CaseRuns.of(named("errors-0.5-0.5"), RUNS);
    assertThat(good.rightByArgo()).isLessThan(RUNS / 4);

    CaseRuns atBound = CaseRuns.of(named("errors-1-0.5"), RUNS);
    assertThat(atBound.rightByPeekingZ()).isLessThan(RUNS * 9 / 10);
  }

  @Test
  void theSameSeedsGiveTheSameRuns() {
    Case each = named("errors-3-0.5");
    CaseRuns once = CaseRuns.of(each, 20);
    CaseRuns again = CaseRuns.of(each, 20);

    assertThat(again.median(Outcome.ABORTED)).isEqualTo(once.median(Outcome.ABORTED));
    assertThat(again.right()).isEqualTo(once.right());
  }

  /** Against exact tails of small binomials. */
  @Test
  void theFloorIsWhatIsStillCredible() {
    assertThat(BinomialFloor.of(10, 0.5, 0.011)).isEqualTo(2);
    assertThat(BinomialFloor.of(10, 0.5, 0.01)).isEqualTo(1);
    assertThat(BinomialFloor.of(1, 0.99, 0.001)).isZero();
    assertThat(BinomialFloor.of(0, 0.5, 0.001)).isZero();
    assertThat(BinomialFloor.of(200, 0.99, 1e-4)).isEqualTo(191);
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(Scenario.class).stream().map(ServiceLoader.Provider::type))
        .contains(VerdictsScenario.class);
  }

  private static Case named(String name) {
    return CASES.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
