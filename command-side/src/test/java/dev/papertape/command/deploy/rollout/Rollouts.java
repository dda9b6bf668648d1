package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.AlphaParameters;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.GuardParameters;
import dev.papertape.contracts.deploy.Observation;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.RouterParameters;
import dev.papertape.contracts.deploy.SizingParameters;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What tests of rollouts begin with. */
final class Rollouts {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static final PolicyBundle BASELINE =
      new PolicyBundle(
          "baseline",
          new RouterParameters(
              "router-1",
              2_000,
              1,
              0.8,
              100,
              250,
              new RouterParameters.Weights(1, 1, 2, 1, 1, 1),
              300_000),
          new SizingParameters(new BigDecimal("10000"), new BigDecimal("2000"), 5_000),
          new GuardParameters(new BigDecimal("250000"), new BigDecimal("2000000"), 1_000),
          new AlphaParameters(new AlphaParameters.Momentum(10, 0.75, 0.25)));

  private Rollouts() {}

  static RegisterCandidate register(String rolloutId, String release, RolloutPolicy policy) {
    return new RegisterCandidate(rolloutId, release, maxAge(release.length()), policy, BASELINE);
  }

  static PolicyChange maxAge(long ms) {
    return new PolicyChange(
        new PolicyChange.Router(ms, null, null, null, null, null, null), null, null, null);
  }

  static Deployment fold(Deployment before, List<RolloutEvent> events) {
    Deployment after = before;
    for (RolloutEvent event : events) {
      after = RolloutRules.after(after, event);
    }
    return after;
  }

  static Deployment after(Deployment before, DeployCommand command) {
    return fold(before, RolloutRules.decide(before, command));
  }

  /** Every SLO alike: so many samples, bad ones of them, and bad ones of as many in control. */
  static Observation observed(long position, long seconds, long samples, long bad, long control) {
    return new Observation(
        1,
        position,
        START.plusSeconds(seconds),
        Stream.of(Slo.values()).map(slo -> counts(slo, samples, bad, control)).toList());
  }

  static SloCounts counts(Slo slo, long samples, long bad, long control) {
    return new SloCounts(
        slo,
        new ArmCounts(samples, bad, 0),
        new ArmCounts(samples, control, 0),
        new BlockCounts(samples, bad, control));
  }
}
