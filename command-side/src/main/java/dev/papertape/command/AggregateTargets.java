package dev.papertape.command;

import dev.papertape.contracts.AggregateCommand;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Every aggregate command names its target itself: no reflection over annotations. */
final class AggregateTargets implements CommandTargetResolver {
  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
    if (message.getPayload() instanceof AggregateCommand command) {
      return new VersionedAggregateIdentifier(command.aggregateId(), null);
    }
    throw new IllegalArgumentException(message.getPayloadType() + " names no aggregate");
  }
}
