package dev.papertape.command.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.command.deploy.rollout.UnknownRollout;
import dev.papertape.command.deploy.rollout.WrongRolloutState;
import dev.papertape.contracts.deploy.AlphaParameters;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AbortRollout;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
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
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shell: each command reaches the rules, every event of a decision is applied, in order. */
class DeploymentAggregateTest {
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
              new RouterParameters.Weights(1, 1, 1, 1, 1, 1),
              1_000),
          new SizingParameters(BigDecimal.TEN, BigDecimal.ONE, 0),
          new GuardParameters(BigDecimal.TEN, BigDecimal.TEN, 1),
          new AlphaParameters(new AlphaParameters.Momentum(10, 1, 0)));
  private static final DeployCommand REGISTER =
      new RegisterCandidate(
          "r-1",
          "fresh",
          new PolicyChange(
              new PolicyChange.Router(1L, null, null, null, null, null, null), null, null, null),
          RolloutPolicy.DEMO,
          BASELINE);

  private AggregateTestFixture<DeploymentAggregate> fixture;

  @BeforeEach
  void aggregate() {
    fixture = new AggregateTestFixture<>(DeploymentAggregate.class);
    fixture.registerCommandTargetResolver(DeploymentAggregateTest::target);
  }

  @Test
  void theFirstCandidateBeginsTheStream() {
    fixture
        .givenNoPriorActivity()
        .when(REGISTER)
        .expectEvents(RolloutRules.decide(Deployment.NONE, REGISTER).toArray());
  }

  @Test
  void anAssessmentThatFailsAppliesEveryVerdictAndTheRollback() {
    List<RolloutEvent> begun = RolloutRules.decide(Deployment.NONE, REGISTER);
    AssessRollout bad = new AssessRollout("r-1", allBad());
    Deployment registered = RolloutRules.after(Deployment.NONE, begun.getFirst());
    List<RolloutEvent> expected = RolloutRules.decide(registered, bad);
    assertThat(expected).hasSize(4).last().isInstanceOf(RolledBack.class);

    fixture.given(begun).when(bad).expectEvents(expected.toArray());
    aggregate();
    fixture
        .given(Stream.concat(begun.stream(), expected.stream()).toList())
        .when(bad)
        .expectNoEvents()
        .expectSuccessfulHandlerExecution();
  }

  @Test
  void operatorsCommandsReachTheRules() {
    List<RolloutEvent> begun = RolloutRules.decide(Deployment.NONE, REGISTER);
    for (DeployCommand command :
        List.of(
            new PauseRollout("r-1", "why"),
            new AbortRollout("r-1", "why"),
            new PromoteRollout("r-1", "why", null))) {
      aggregate();
      fixture
          .given(begun)
          .when(command)
          .expectEvents(
              RolloutRules.decide(RolloutRules.after(Deployment.NONE, begun.getFirst()), command)
                  .toArray());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() {
    List<RolloutEvent> begun = RolloutRules.decide(Deployment.NONE, REGISTER);
    fixture
        .given(begun)
        .when(new ResumeRollout("r-1", "why"))
        .expectException(WrongRolloutState.class)
        .expectNoEvents();
    aggregate();
    fixture
        .givenNoPriorActivity()
        .when(new AbortRollout("r-9", "why"))
        .expectException(UnknownRollout.class)
        .expectNoEvents();
  }

  private static Observation allBad() {
    return new Observation(
        1,
        9,
        Instant.parse("2026-01-01T00:01:00Z"),
        Stream.of(Slo.values())
            .map(
                slo ->
                    new SloCounts(
                        slo,
                        new ArmCounts(100, 100, 0),
                        new ArmCounts(100, 0, 0),
                        new BlockCounts(100, 100, 0)))
            .toList());
  }

  private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
    return new VersionedAggregateIdentifier(
        ((DeployCommand) message.getPayload()).aggregateId(), null);
  }
}
