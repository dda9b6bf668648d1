package dev.papertape.command.deploy;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Axon's shell around {@link RolloutRules}; one deployment, {@code deploy:paper}. */
@Aggregate(type = "deploy")
class DeploymentAggregate {
  @AggregateIdentifier private @Nullable String id;
  private Deployment deployment = Deployment.NONE;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(DeployCommand.RegisterCandidate command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(DeployCommand.AssessRollout command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(DeployCommand.PauseRollout command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(DeployCommand.ResumeRollout command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(DeployCommand.AbortRollout command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(DeployCommand.PromoteRollout command) {
    decide(command);
  }

  private void decide(DeployCommand command) {
    RolloutRules.decide(deployment, command).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(RolloutEvent event) {
    id = DeployCommand.ID;
    deployment = RolloutRules.after(deployment, event);
  }
}
