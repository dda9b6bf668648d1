package dev.papertape.command.guards;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingState;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Axon's shell around {@link TradingDecider}; starts ACTIVE. */
@Aggregate(type = "trading-state")
class TradingStateAggregate {
  @AggregateIdentifier private @Nullable String id;
  private TradingState state = TradingState.ACTIVE;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(TradingCommand.HaltTrading command) {
    apply(TradingDecider.decide(state, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(TradingCommand.ReduceTrading command) {
    apply(TradingDecider.decide(state, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(TradingCommand.ResumeTrading command) {
    apply(TradingDecider.decide(state, command));
  }

  @EventSourcingHandler
  void on(TradingEvent event) {
    id = TradingCommand.ID;
    state = TradingDecider.after(event);
  }
}
