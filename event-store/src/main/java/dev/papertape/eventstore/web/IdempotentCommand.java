package dev.papertape.eventstore.web;

import dev.papertape.eventstore.append.IdempotencyClaim;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * One command request and its {@code Idempotency-Key}, if it has one. A controller takes it as an
 * argument; the same key and body gets the same reply, another body gets 409, and the same key in
 * flight waits.
 */
public final class IdempotentCommand {
  private final IdempotentCommands commands;
  private final @Nullable String key;

  IdempotentCommand(IdempotentCommands commands, @Nullable String key) {
    this.commands = commands;
    this.key = key;
  }

  /** Runs the command, unless it ran before under this key. */
  public ResponseEntity<Object> once(JsonBody body, Command command, Resumption resumption) {
    return key == null
        ? command.run(subject -> null).toResponse()
        : commands.once(key, body.canonicalSha256(), command, resumption);
  }

  /** The work of a command; it must append its events together with the claim. */
  @FunctionalInterface
  public interface Command {
    CommandReply run(Claims claims);
  }

  /** Makes the claim that goes with the command's events. */
  @FunctionalInterface
  public interface Claims {
    /**
     * @param subject what the command makes or changes, for example an order id
     * @return null when the request came without a key
     */
    @Nullable IdempotencyClaim claim(String subject);
  }

  /**
   * The reply of a command whose events are in the log, but whose reply was not kept (its process
   * died, or another process is still waiting for it).
   */
  @FunctionalInterface
  public interface Resumption {
    CommandReply replyOf(IdempotencyRecords.Claimed claimed);
  }
}
