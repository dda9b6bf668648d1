package dev.papertape.command.quality;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.quality.QuarantineStatus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Axon's shell around {@link QuarantineDecider}. The engine begins its stream with the record; an
 * operator's command ends it.
 */
@Aggregate(type = "quarantine")
class QuarantineAggregate {
  @AggregateIdentifier private @Nullable String id;
  private @Nullable RecordQuarantined record;
  private QuarantineStatus status = QuarantineStatus.OPEN;

  @CommandHandler
  void handle(QuarantineCommand.ReleaseQuarantined command, Reexaminer guards) {
    decide(command, guards);
  }

  @CommandHandler
  void handle(QuarantineCommand.DiscardQuarantined command, Reexaminer guards) {
    decide(command, guards);
  }

  private void decide(QuarantineCommand command, Reexaminer guards) {
    if (record == null) {
      throw new IllegalStateException(id + " does not begin with its record");
    }
    apply(QuarantineDecider.decide(record, status, command, guards));
  }

  @EventSourcingHandler
  void on(QuarantineEvent event) {
    id = QuarantineCommand.PREFIX + event.quarantineId();
    if (event instanceof RecordQuarantined first) {
      record = first;
    }
    status = QuarantineDecider.after(status, event);
  }
}
