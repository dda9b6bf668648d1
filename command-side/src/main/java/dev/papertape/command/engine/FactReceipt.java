package dev.papertape.command.engine;

import dev.papertape.eventstore.append.Appended;
import java.util.concurrent.CompletableFuture;

/**
 * Facts on their way into the log.
 *
 * @param durable completes when they are in the log; fails with {@link
 *     dev.papertape.eventstore.append.AppendFailure}
 */
public record FactReceipt(CompletableFuture<Appended> durable) {}
