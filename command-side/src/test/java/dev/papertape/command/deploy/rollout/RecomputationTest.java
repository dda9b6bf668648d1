package dev.papertape.command.deploy.rollout;

import static dev.papertape.command.deploy.rollout.Rollouts.observed;
import static dev.papertape.command.deploy.rollout.Rollouts.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.deploy.rollout.Recomputation.Recorded;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.eventstore.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecomputationTest {
  private final RolloutLog log = new RolloutLog();

  @Test
  void aWholeRolloutWithOperatorsInItIsMadeAgain() {
    goodRollout();

    assertThat(Recomputation.of(log.events()).difference()).isNull();
    assertThat(Recomputation.of(log.events()).compared()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void soItIsFromWhatTheLogReallyHolds() {
    goodRollout();
    CanonicalJson json = new CanonicalJson();
    List<Recorded> read =
        log.events().stream()
            .map(
                recorded ->
                    new Recorded(
                        recorded.position(),
                        json.read(json.write(recorded.event()), recorded.event().getClass())))
            .toList();

    assertThat(read).isEqualTo(log.events());
    assertThat(Recomputation.of(read).equal()).isTrue();
  }

  @Test
  void aRolledBackOneIsMadeAgainToo() {
    log.command(register("r-1", "fresh", RolloutPolicy.DEMO));
    log.observe("r-1", 1, 10, 0, 0);
    log.observe("r-1", 2, 200, 50, 1);

    assertThat(log.deployment().rollbacksInRow()).isEqualTo(1);
    assertThat(Recomputation.of(log.events()).equal()).isTrue();
  }

  @Test
  void anEValueThatDiffersInItsLastBitIsFound() {
    goodRollout();
    List<Recorded> tampered = new ArrayList<>(log.events());
    int at = indexOf(tampered, VerdictReached.class);
    VerdictReached verdict = (VerdictReached) tampered.get(at).event();
    SloAssessment was = verdict.assessment();
    SloAssessment bent =
        new SloAssessment(
            was.counts(),
            was.bound(),
            was.margin(),
            was.alpha(),
            was.eValueAbort(),
            Math.nextUp(was.eValuePromote()),
            was.eValueVsBaseline(),
            was.verdict());
    tampered.set(
        at,
        new Recorded(
            tampered.get(at).position(),
            new VerdictReached(
                verdict.rolloutId(),
                verdict.previous(),
                bent,
                verdict.fromPosition(),
                verdict.toPosition(),
                verdict.feedTime())));

    assertThat(Recomputation.of(tampered).difference())
        .satisfies(
            difference -> {
              assertThat(difference.position()).isEqualTo(tampered.get(at).position());
              assertThat(difference.recomputed()).isEqualTo(verdict);
            });
  }

  @Test
  void countersThatWereChangedAfterwardsAreFound() {
    goodRollout();
    List<Recorded> tampered = new ArrayList<>(log.events());
    int decided = indexOf(tampered, VerdictReached.class);
    long at = ((VerdictReached) tampered.get(decided).event()).toPosition();
    tampered.replaceAll(recorded -> recorded.position() == at ? oneMoreBad(recorded) : recorded);

    assertThat(Recomputation.of(tampered).equal()).isFalse();
  }

  @Test
  void aTransitionThatIsMissingOrMadeUpIsFound() {
    goodRollout();
    List<Recorded> all = log.events();
    int entered = indexOf(all, StageEntered.class);

    List<Recorded> without = new ArrayList<>(all);
    without.remove(entered);
    assertThat(Recomputation.of(without).equal()).isFalse();

    List<Recorded> twice = new ArrayList<>(all);
    twice.add(entered, all.get(entered));
    assertThat(Recomputation.of(twice).equal()).isFalse();

    List<Recorded> cut = all.subList(0, indexOf(all, VerdictReached.class) + 1);
    assertThat(Recomputation.of(cut).difference())
        .as("the second SLO's verdict of the same observation is missing")
        .satisfies(difference -> assertThat(difference.recorded()).isNull());
  }

  private void goodRollout() {
    log.command(register("r-1", "fresh", RolloutPolicy.DEMO));
    for (int second = 1; log.deployment().active() == null; second++) {
      log.observe("r-1", second, 25L * second, 0, 0);
      if (second == 6) {
        log.command(new PauseRollout("r-1", "lunch"));
      } else if (second == 9) {
        log.command(new ResumeRollout("r-1", "back"));
      } else if (second == 10) {
        log.command(new PromoteRollout("r-1", "go", log.latest("r-1")));
      }
    }
  }

  private static Recorded oneMoreBad(Recorded recorded) {
    SlosObserved was = (SlosObserved) recorded.event();
    List<SloCounts> counts =
        observed(recorded.position(), 0, was.slos().getFirst().candidate().samples(), 1, 0).slos();
    return new Recorded(
        recorded.position(),
        new SlosObserved(was.rolloutId(), was.life(), was.since(), was.feedTime(), counts));
  }

  private static int indexOf(List<Recorded> events, Class<?> type) {
    for (int i = 0; i < events.size(); i++) {
      if (type.isInstance(events.get(i).event())) {
        return i;
      }
    }
    throw new AssertionError("no " + type + " among " + List.of(Slo.values()));
  }
}
