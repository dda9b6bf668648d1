package dev.papertape.command.engine;

import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** How command routes talk to the engine: waits, and says what cannot be had as a problem. */
public final class EngineCalls {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final EngineRuntime runtime;

  public EngineCalls(EngineRuntime runtime) {
    this.runtime = runtime;
  }

  /** Ends the request with 503 unless this process holds the engine's lease. */
  public void requireHolder() {
    if (!runtime.isHolder()) {
      throw problem(new EngineUnavailable.NotLeaseHolder());
    }
  }

  /**
   * Ends the request with 503 also while a fresh holder does not know yet what can be traded: a
   * known symbol must not be called unknown meanwhile, nor a good quantity too precise.
   */
  public void requireListings(Listings listings) {
    requireHolder();
    if (!listings.isComplete()) {
      throw problem(new EngineUnavailable.VenuesNotListed());
    }
  }

  /** Sends the command and waits for its future. */
  public <T> T call(EngineCommand command, CompletableFuture<T> reply) {
    runtime.send(command);
    return await(reply);
  }

  /** Waits for what somebody else does where the engine is, under the same refusals. */
  public <T> T awaiting(CompletableFuture<T> reply) {
    return await(reply);
  }

  /** Waits until the facts are in the log. */
  public Appended durable(FactReceipt receipt) {
    return await(receipt.durable());
  }

  /** Runs a call whose engine refusals become problems. */
  public <T> T translating(Supplier<T> call) {
    try {
      return call.get();
    } catch (EngineUnavailable unavailable) {
      throw problem(unavailable);
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw outcomeUnknown("the engine did not answer in time");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof EngineUnavailable unavailable) {
        throw problem(unavailable);
      }
      throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw outcomeUnknown("this process stops before the engine answered");
    }
  }

  private static RuntimeException outcomeUnknown(String detail) {
    return Problem.retryLater(ProblemKind.OUTCOME_UNKNOWN, detail, RETRY_AFTER).asException();
  }

  private static RuntimeException problem(EngineUnavailable unavailable) {
    ProblemKind kind =
        switch (unavailable) {
          case EngineUnavailable.NotLeaseHolder _ -> ProblemKind.NOT_LEASE_HOLDER;
          case EngineUnavailable.Stopping _,
              EngineUnavailable.MailboxFull _,
              EngineUnavailable.NoMarketYet _,
              EngineUnavailable.VenuesNotListed _ ->
              ProblemKind.UNAVAILABLE;
        };
    return Problem.retryLater(kind, unavailable.getMessage(), RETRY_AFTER).asException();
  }
}
