package dev.papertape.command.deploy.rollout;

import static dev.papertape.command.deploy.rollout.Rollouts.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.deploy.DeployCommand.AbortRollout;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutResumed;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.RolloutAction;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.Trigger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever is done in whatever order, some things never happen. */
class RolloutPropertiesTest {
  private static final RolloutPolicy POLICY = RolloutPolicy.DEMO;

  /**
   * Something that happens.
   *
   * @param action what an operator asks for, null for more samples
   * @param samples more of every SLO and arm, of which so many were bad
   */
  private record Act(RolloutAction action, int samples, int candidateBad, int controlBad) {}

  @Property(tries = 200)
  void noSequenceOfCommandsBreaksTheRules(@ForAll("acts") List<Act> acts) {
    RolloutLog log = new RolloutLog();
    Counted counted = new Counted();
    for (int i = 0; i < acts.size(); i++) {
      Deployment before = log.deployment();
      List<RolloutEvent> events = perform(log, counted, acts.get(i), i + 1);
      Deployment now = before;
      for (RolloutEvent event : events) {
        requireAllowed(now, event);
        Statistics.label("reached").collect(kind(event));
        now = RolloutRules.after(now, event);
      }
      assertThat(log.deployment()).isEqualTo(now);
      requireConsistent(now);
    }
    assertThat(Recomputation.of(log.events()).difference()).isNull();
    Statistics.label("reached")
        .coverage(
            reached -> {
              for (String kind :
                  List.of("cutover by EVIDENCE", "RolledBack", "RolloutAborted", "unlocked")) {
                reached.check(kind).count(times -> times > 0);
              }
            });
  }

  private static String kind(RolloutEvent event) {
    return switch (event) {
      case CutoverCompleted completed -> "cutover by " + completed.by();
      case RolloutResumed resumed when resumed.stage() == Stage.ROLLED_BACK -> "unlocked";
      default -> event.getClass().getSimpleName();
    };
  }

  private static List<RolloutEvent> perform(RolloutLog log, Counted counted, Act act, int second) {
    Rollout rollout = log.deployment().rollout();
    String id = rollout == null ? "none" : rollout.rolloutId();
    try {
      if (act.action() == null) {
        if (rollout == null) {
          return List.of();
        }
        counted.add(id, act);
        return log.observe(
            id, 10L * second, counted.samples, counted.candidateBad, counted.controlBad);
      }
      return log.command(
          switch (act.action()) {
            case REGISTER -> register("r-" + second, "v".repeat(second), POLICY);
            case PAUSE -> new PauseRollout(id, "p");
            case RESUME -> new ResumeRollout(id, "r");
            case ABORT -> new AbortRollout(id, "a");
            case PROMOTE -> new PromoteRollout(id, "o", counted.of(id) ? log.latest(id) : null);
          });
    } catch (WrongRolloutState wrong) {
      assertThat(log.deployment().allowedActions())
          .isEqualTo(wrong.allowedActions())
          .doesNotContain(act.action());
      return List.of();
    } catch (UnknownRollout unknown) {
      assertThat(log.deployment().rollout()).isNull();
      return List.of();
    }
  }

  private static void requireAllowed(Deployment before, RolloutEvent event) {
    Rollout rollout = before.rollout();
    switch (event) {
      case StageEntered entered -> {
        assertThat(entered.trafficPercent())
            .isEqualTo(POLICY.stages().get(entered.step()).trafficPercent());
        assertThat(entered.step() - rollout.step()).isBetween(0, 1);
        if (entered.step() > rollout.step()
            && rollout.rule().stage() != Stage.CANDIDATE
            && entered.by() == Trigger.EVIDENCE) {
          requirePassed(entered.evidence());
        }
      }
      case CutoverCompleted completed -> {
        assertThat(rollout.step()).isEqualTo(POLICY.stages().size() - 1);
        if (completed.by() == Trigger.EVIDENCE) {
          requirePassed(completed.evidence());
        }
      }
      case RolledBack back ->
          assertThat(back.evidence().slos())
              .anySatisfy(slo -> assertThat(slo.verdict()).isEqualTo(SloVerdict.FAIL));
      case VerdictReached reached ->
          assertThat(reached.assessment().verdict()).isNotEqualTo(reached.previous());
      default -> {}
    }
  }

  private static void requirePassed(Evidence evidence) {
    assertThat(evidence.slos())
        .hasSameSizeAs(POLICY.slos())
        .allSatisfy(slo -> assertThat(slo.verdict()).isEqualTo(SloVerdict.PASS));
  }

  private static void requireConsistent(Deployment deployment) {
    Rollout rollout = deployment.rollout();
    if (rollout == null) {
      return;
    }
    boolean isActive =
        deployment.active() != null
            && deployment.active().release().equals(rollout.candidate().release());
    assertThat(rollout.stage() == Stage.ACTIVE).isEqualTo(isActive);
    boolean mayBegin = deployment.allowedActions().contains(RolloutAction.REGISTER);
    assertThat(rollout.stage().runs() && mayBegin).as("two rollouts at a time").isFalse();
    assertThat(rollout.stage().runs() || rollout.sampledPercent() == 0).isTrue();
    assertThat(deployment.rollbacksInRow()).isBetween(0, POLICY.maxRollbacksInRow());
    assertThat(deployment.awaitsPerson())
        .isEqualTo(deployment.rollbacksInRow() == POLICY.maxRollbacksInRow());
    assertThat(deployment.allowedActions()).isNotEmpty();
  }

  /** Counters of the rollout that runs. */
  private static final class Counted {
    private String rolloutId = "";
    private long samples;
    private long candidateBad;
    private long controlBad;

    boolean of(String id) {
      return rolloutId.equals(id);
    }

    void add(String id, Act act) {
      if (!of(id)) {
        rolloutId = id;
        samples = 0;
        candidateBad = 0;
        controlBad = 0;
      }
      samples += act.samples();
      candidateBad += Math.min(act.candidateBad(), act.samples());
      controlBad += Math.min(act.controlBad(), act.samples());
    }
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<Act> asked =
        Arbitraries.frequency(
                Tuple.of(6, RolloutAction.REGISTER),
                Tuple.of(1, RolloutAction.PAUSE),
                Tuple.of(3, RolloutAction.RESUME),
                Tuple.of(1, RolloutAction.ABORT),
                Tuple.of(1, RolloutAction.PROMOTE))
            .map(action -> new Act(action, 0, 0, 0));
    Arbitrary<Act> good =
        Combinators.combine(
                Arbitraries.integers().between(0, 600), Arbitraries.integers().between(0, 2))
            .as((samples, bad) -> new Act(null, samples, bad, bad));
    Arbitrary<Act> bad =
        Combinators.combine(
                Arbitraries.integers().between(0, 300),
                Arbitraries.integers().between(0, 300),
                Arbitraries.integers().between(0, 100))
            .as((samples, candidate, control) -> new Act(null, samples, candidate, control));
    return Arbitraries.frequencyOf(Tuple.of(3, asked), Tuple.of(6, good), Tuple.of(1, bad))
        .list()
        .ofMinSize(40)
        .ofMaxSize(90);
  }
}
