package dev.papertape.command.chaos;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Axon's shell around {@link ChaosDecider}. One aggregate for all experiments: that no two strike
 * the same target and none begins under the lever is one rule, and what it remembers is only what
 * is open. Every handler answers with its event.
 */
@Aggregate(type = "chaos-desk")
class ChaosDeskAggregate {
  @AggregateIdentifier private @Nullable String id;
  private ChaosState state = ChaosState.EMPTY;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ChaosEvent handle(ChaosCommand.StartExperiment command) {
    return decide(command);
  }

  @CommandHandler
  ChaosEvent handle(ChaosCommand.ApplyFault command) {
    return decide(command);
  }

  @CommandHandler
  ChaosEvent handle(ChaosCommand.ObserveSteadyState command) {
    return decide(command);
  }

  @CommandHandler
  ChaosEvent handle(ChaosCommand.RevertFault command) {
    return decide(command);
  }

  @CommandHandler
  ChaosEvent handle(ChaosCommand.FinishExperiment command) {
    return decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ChaosEvent handle(ChaosCommand.RefuseExperiment command) {
    return decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ChaosEvent handle(ChaosCommand.PullLever command) {
    return decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ChaosEvent handle(ChaosCommand.ReleaseLever command) {
    return decide(command);
  }

  private ChaosEvent decide(ChaosCommand command) {
    ChaosEvent event = ChaosDecider.decide(state, command);
    apply(event);
    return event;
  }

  @EventSourcingHandler
  void on(ChaosEvent event) {
    id = ChaosCommand.ID;
    state = state.after(event);
  }
}
