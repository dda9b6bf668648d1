package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.CountDenials;
import dev.papertape.contracts.budget.BudgetCommand.ExpireReservations;
import dev.papertape.contracts.budget.BudgetCommand.InspectProvider;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.ReserveReply;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Axon's shell around {@link ProviderDecider}. Its stream grows by two events a call, so it is read
 * from snapshots; a snapshot of another revision is left aside and the events are read instead.
 */
@Aggregate(type = "provider", snapshotTriggerDefinition = "providerSnapshots")
@Revision("2")
class ProviderAggregate {
  @AggregateIdentifier private @Nullable String id;
  private @Nullable ProviderState state;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(RegisterProvider command) {
    if (state == null) {
      AggregateLifecycle.apply(
          new ProviderRegistered(
              command.provider(), command.settings(), command.quotas(), command.at()));
    }
  }

  /** Replies whether the ledger began with it. */
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  boolean handle(PutProvider command) {
    ProviderState current = state;
    if (current == null) {
      AggregateLifecycle.apply(
          new ProviderRegistered(
              command.provider(), command.settings(), command.quotas(), command.at()));
      return true;
    }
    apply(ProviderDecider.change(current, command));
    return false;
  }

  @CommandHandler
  ReserveReply handle(ReserveCall command) {
    ProviderDecider.Reserved reserved = ProviderDecider.reserve(known(), command);
    apply(reserved.events());
    return reserved.reply();
  }

  @CommandHandler
  void handle(SettleCall command) {
    apply(ProviderDecider.settle(known(), command));
  }

  @CommandHandler
  void handle(CountDenials command) {
    apply(ProviderDecider.count(known(), command));
  }

  @CommandHandler
  void handle(ExpireReservations command) {
    apply(ProviderDecider.expire(known(), command.at()));
  }

  @CommandHandler
  ProviderState handle(InspectProvider command) {
    return known();
  }

  @EventSourcingHandler
  void on(ProviderEvent event) {
    id = BudgetCommand.PREFIX + event.provider();
    state = ProviderState.after(state, event);
  }

  private static void apply(List<ProviderEvent> events) {
    events.forEach(AggregateLifecycle::apply);
  }

  private ProviderState known() {
    ProviderState current = state;
    if (current == null) {
      throw new IllegalStateException(id + " does not begin with its registration");
    }
    return current;
  }
}
