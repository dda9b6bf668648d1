package dev.papertape.command.guards;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.guards.GuardLimitCommand;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Axon's shell around {@link GuardLimitDecider}; begins without any limit of an operator. */
@Aggregate(type = "guard-limits")
class GuardLimitsAggregate {
  @AggregateIdentifier private @Nullable String id;
  private LimitOverrides limits = LimitOverrides.NONE;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(GuardLimitCommand command) {
    apply(GuardLimitDecider.decide(limits, command));
  }

  @EventSourcingHandler
  void on(GuardLimitChanged event) {
    id = event.guardLimitsId();
    limits = limits.after(event);
  }
}
