package dev.papertape.command;

import dev.papertape.eventstore.append.AppendScope;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.IdempotencyClaim;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an operator asked for to its aggregate, on the caller's thread. Every process takes
 * such commands, and the engine's process writes to the same streams: where another was faster, the
 * command is decided again on what that one wrote.
 */
public final class OperatorCommands {
  private final CommandGateway commands;
  private final ConflictRetry retry;

  public OperatorCommands(CommandGateway commands, ConflictRetry retry) {
    this.commands = commands;
    this.retry = retry;
  }

  /**
   * Waits until it is decided and in the log. What the aggregate refuses with is thrown as it is.
   *
   * @param claim of the request's idempotency key, null without one
   * @param command that changes something, or a message of it
   * @return where its events are
   */
  public Appended send(@Nullable IdempotencyClaim claim, Object command) {
    AppendScope scope = AppendScope.claiming(claim);
    scope.call(
        () ->
            retry.call(
                () -> {
                  commands.sendAndWait(command);
                  return command;
                }));
    return scope.lastAppended().orElseThrow();
  }
}
