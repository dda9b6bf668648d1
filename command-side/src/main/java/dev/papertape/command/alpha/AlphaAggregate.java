package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaCommand;
import dev.papertape.contracts.alpha.AlphaCommand.ChangeAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.PauseAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.ResumeAlpha;
import dev.papertape.contracts.alpha.AlphaEvent.RegistryEvent;
import dev.papertape.contracts.alpha.AlphaRoster;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Axon's shell around {@link AlphaDecider}. The engine writes to its stream, too: a bench. That may
 * be the first event, so the stream does not always begin with the registration.
 */
@Aggregate(type = "alpha")
class AlphaAggregate {
  @AggregateIdentifier private @Nullable String id;
  private AlphaRoster roster = AlphaRoster.EMPTY;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(RegisterAlpha command) {
    decide(command);
  }

  @CommandHandler
  void handle(ChangeAlpha command) {
    decide(command);
  }

  @CommandHandler
  void handle(PauseAlpha command) {
    decide(command);
  }

  @CommandHandler
  void handle(ResumeAlpha command) {
    decide(command);
  }

  private void decide(AlphaCommand command) {
    AlphaDecider.decide(roster, command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(RegistryEvent event) {
    id = AlphaCommand.PREFIX + event.alphaId();
    roster = roster.after(event);
  }
}
