package dev.papertape.command.router;

import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.EngineMailbox;
import dev.papertape.command.engine.OrderProgress;
import dev.papertape.contracts.router.PlacedOrder;
import dev.papertape.contracts.router.RouteOrder;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;

/** Hands {@link RouteOrder} to the engine and waits for what became of it. */
public final class RouteOrderHandler {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final EngineMailbox engine;
  private final Duration longestWait;

  public RouteOrderHandler(EngineMailbox engine) {
    this(engine, LONGEST_WAIT);
  }

  /**
   * @param longestWait for the order's acceptance and its settling together
   */
  public RouteOrderHandler(EngineMailbox engine, Duration longestWait) {
    this.engine = engine;
    this.longestWait = longestWait;
  }

  /**
   * @throws dev.papertape.command.engine.EngineUnavailable when nothing was accepted
   * @throws OrderNotDurableYet when in time nothing of the order is known to be durable
   */
  @CommandHandler
  public PlacedOrder handle(
      RouteOrder command,
      @MessageIdentifier String messageId,
      @MetaDataValue("correlationId") @Nullable String correlationId) {
    PlaceOrder order =
        new PlaceOrder(
            command.intent(),
            Map.of(
                "actor",
                command.actor(),
                "causationId",
                messageId,
                "correlationId",
                correlationId == null ? messageId : correlationId),
            orderId -> claim(command, orderId),
            new CompletableFuture<>());
    engine.send(order);
    long deadline = System.nanoTime() + longestWait.toNanos();
    OrderProgress progress = await(order.accepted(), deadline);
    if (progress == null) {
      throw new OrderNotDurableYet();
    }
    OrderProgress.Durable settled = await(progress.settled(), deadline);
    OrderProgress.Durable reached = settled == null ? progress.latest() : settled;
    if (reached == null) {
      throw new OrderNotDurableYet();
    }
    return new PlacedOrder(reached.order(), reached.position(), reached.recordedAt());
  }

  private static @Nullable IdempotencyClaim claim(RouteOrder command, String orderId) {
    String key = command.idempotencyKey();
    String bodyHash = command.bodyHash();
    return key == null || bodyHash == null
        ? null
        : new IdempotencyClaim(key, bodyHash, orderId, null);
  }

  /** Null when the time is over. */
  private static <T> @Nullable T await(CompletableFuture<T> future, long deadline) {
    try {
      return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return null;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
