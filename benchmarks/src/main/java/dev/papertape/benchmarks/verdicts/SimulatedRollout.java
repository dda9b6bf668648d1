package dev.papertape.benchmarks.verdicts;

import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.Recomputation;
import dev.papertape.command.deploy.rollout.Recomputation.Recorded;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.command.deploy.rollout.SloTally;
import dev.papertape.contracts.deploy.AlphaParameters;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.GuardParameters;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.RouterParameters;
import dev.papertape.contracts.deploy.SizingParameters;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One rollout by the rules of production, from registration to its end or to the sample cap: counts
 * are observed after every few samples, as the engine does each second, assessed, and every event
 * is kept, so that all of it is computed again at the end.
 */
final class SimulatedRollout {
  /** As many of both arms as a canary of 1 % brings in a second at the demo's pace. */
  private static final int INTENTS_A_LOOK = 10;

  private static final String ID = "simulated";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final PolicyBundle BASELINE =
      new PolicyBundle(
          "baseline",
          new RouterParameters(
              "router-1",
              2_000,
              1,
              1,
              100,
              250,
              new RouterParameters.Weights(1, 1, 2, 1, 1, 1),
              300_000),
          new SizingParameters(BigDecimal.TEN, BigDecimal.ONE, 0),
          new GuardParameters(BigDecimal.TEN, BigDecimal.TEN, 1),
          new AlphaParameters(new AlphaParameters.Momentum(10, 1, 0)));
  private static final PolicyChange CHANGE =
      new PolicyChange(
          new PolicyChange.Router(1_000L, null, null, null, null, null, null), null, null, null);

  private final List<Recorded> log = new ArrayList<>();
  private final List<SloTally> tallies;
  private final RolloutPolicy policy;
  private final Map<Slo, Integer> passedAt = new EnumMap<>(Slo.class);
  private Deployment deployment = Deployment.NONE;

  /**
   * What came of it.
   *
   * @param samples of the candidate arm at the end
   * @param passedAt samples after which an SLO passed for the first time, by SLO
   * @param recomputed whether every recorded verdict and transition is what the recorded counters
   *     give
   */
  record Ended(Outcome outcome, int samples, Map<Slo, Integer> passedAt, boolean recomputed) {}

  private SimulatedRollout(RolloutPolicy policy) {
    this.policy = policy;
    this.tallies =
        policy.slos().stream()
            .map(SloRule::slo)
            .map(slo -> new SloTally(SloCounts.none(slo)))
            .toList();
  }

  static Ended run(RolloutPolicy policy, Streams streams) {
    return new SimulatedRollout(policy).run(streams);
  }

  private Ended run(Streams streams) {
    command(new RegisterCandidate(ID, "candidate", CHANGE, policy, BASELINE));
    int samples = 0;
    for (int intent = 0; intent < streams.length() && isRunning(); ) {
      int until = Math.min(intent + INTENTS_A_LOOK, streams.length());
      for (; intent < until; intent++) {
        sample(streams, intent);
        samples += streams.isCandidate(intent) ? 1 : 0;
      }
      observe(intent);
    }
    return new Ended(outcome(), samples, Map.copyOf(passedAt), Recomputation.of(log).equal());
  }

  private void sample(Streams streams, int intent) {
    Arm arm = streams.isCandidate(intent) ? Arm.CANDIDATE : Arm.CONTROL;
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).sample(arm, streams.isBad(policy.slos().get(i).slo(), intent));
    }
  }

  /**
   * A second of feed time an intent: the policy of a run asks for no dwell that this would miss.
   */
  private void observe(int intents) {
    SlosObserved observed =
        new SlosObserved(
            ID,
            1,
            START,
            START.plusSeconds(intents),
            tallies.stream().map(SloTally::counts).toList());
    log.add(new Recorded(log.size() + 1L, observed));
    command(new AssessRollout(ID, observed.at(1, log.size())));
  }

  private void command(DeployCommand command) {
    for (RolloutEvent event : RolloutRules.decide(deployment, command)) {
      log.add(new Recorded(log.size() + 1L, event));
      deployment = RolloutRules.after(deployment, event);
      if (event instanceof VerdictReached reached) {
        SloAssessment assessment = reached.assessment();
        if (assessment.verdict() == SloVerdict.PASS) {
          SloCounts counts = assessment.counts();
          passedAt.putIfAbsent(counts.slo(), (int) counts.candidate().samples());
        }
      }
    }
  }

  private boolean isRunning() {
    return stage().runs();
  }

  private Stage stage() {
    return deployment.rollout() == null ? Stage.CANDIDATE : deployment.rollout().stage();
  }

  private Outcome outcome() {
    return switch (stage()) {
      case ACTIVE -> Outcome.PROMOTED;
      case ROLLED_BACK -> Outcome.ABORTED;
      case CANDIDATE, CANARY, PARTIAL, PAUSED, ABORTED -> Outcome.HELD;
    };
  }
}
