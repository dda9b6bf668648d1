package dev.papertape.command.budget;

import dev.papertape.command.budget.ReplyReader.Limits;
import dev.papertape.command.market.Backoff;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.ObservedUse;
import dev.papertape.contracts.budget.ReserveReply;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.contracts.budget.ReserveReply.Granted;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one gate through which every external request goes: reserve, send, settle with what it really
 * used. The only place where a request is repeated. Blocking; for platform threads, which may be
 * interrupted; thread-safe.
 */
public final class BudgetedCalls {
  /** Beyond a call's own time-out: what may pass between its grant and its sending. */
  private static final Duration SETTLING = Duration.ofSeconds(20);

  private static final Backoff BETWEEN_TRIES =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final Budget budget;
  private final HttpClient client;
  private final ProviderClocks clocks;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<String> ids;

  /**
   * @param clock how long something may wait
   * @param random of the jitter between tries
   */
  public BudgetedCalls(
      Budget budget,
      HttpClient client,
      ProviderClocks clocks,
      InstantSource clock,
      RandomGenerator random) {
    this.budget = budget;
    this.client = client;
    this.clocks = clocks;
    this.clock = clock;
    this.random = random;
    this.ids = () -> UUID.randomUUID().toString();
  }

  public ProviderClocks clocks() {
    return clocks;
  }

  /**
   * The answer, whatever its status is. A repetition that the ledger does not allow leaves what the
   * try before it has brought.
   *
   * @throws CallDeniedException when the ledger does not allow it at all
   * @throws IOException when there is no whole answer
   */
  public ApiReply get(ApiCall call, ReplyReader reader) throws IOException, InterruptedException {
    Instant deadline = clock.instant().plus(call.patience());
    Attempt told = null;
    for (int tries = 1; ; tries++) {
      Attempt attempt = attempt(call, reader);
      if (told == null || !attempt.isDenied()) {
        told = attempt;
      }
      if (tries == call.tries() || !attempt.mayBeRepeated(call)) {
        return told.orThrow();
      }
      Duration wait = attempt.wait(BETWEEN_TRIES.delay(tries - 1, random));
      if (clock.instant().plus(wait).isAfter(deadline)) {
        return told.orThrow();
      }
      Thread.sleep(wait);
    }
  }

  /**
   * One try.
   *
   * @param notBefore how long the provider, or the ledger, wants to be left alone
   */
  private record Attempt(
      @Nullable ApiReply reply,
      @Nullable IOException failure,
      CallOutcome outcome,
      @Nullable Duration notBefore) {

    /** Nothing was sent. */
    boolean isDenied() {
      return failure instanceof CallDeniedException;
    }

    boolean mayBeRepeated(ApiCall call) {
      return switch (outcome) {
        case OK, REFUSED, TIMED_OUT, UNKNOWN -> false;
        case FAILED -> !call.changesState();
        // Nothing was done there: it was refused, or never sent.
        case LIMITED, CANCELLED -> notBefore != null;
      };
    }

    Duration wait(Duration jittered) {
      return notBefore == null ? jittered : notBefore.plus(jittered);
    }

    ApiReply orThrow() throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (reply == null) {
        throw new IOException("no answer");
      }
      return reply;
    }
  }

  private Attempt attempt(ApiCall call, ReplyReader reader) throws InterruptedException {
    Instant asked = clocks.now(call.provider());
    ReserveReply reserved =
        budget.reserve(
            new ReserveCall(
                call.provider(),
                ids.get(),
                call.capability(),
                call.weight(),
                0,
                call.costMicros(),
                call.critical(),
                asked.plus(call.timeout()).plus(SETTLING),
                asked));
    return switch (reserved) {
      case Denied denied -> {
        Instant until = denied.until();
        yield new Attempt(
            null,
            new CallDeniedException(denied),
            CallOutcome.CANCELLED,
            until == null ? null : Duration.between(asked, until));
      }
      case Granted granted -> send(call, granted, reader);
    };
  }

  private Attempt send(ApiCall call, Granted granted, ReplyReader reader)
      throws InterruptedException {
    Sent sent = new Sent(call, granted);
    HttpRequest request = HttpRequest.newBuilder(call.uri()).GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), call.largestBody()));
    try {
      HttpResponse<byte[]> response = answer.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return sent.answered(
          response.statusCode(),
          response.body(),
          reader.read(response.statusCode(), response.headers(), response.body()));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      // Nobody listens there, so nobody has counted it.
      boolean left =
          !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
      return sent.failed(
          new IOException(call.uri() + ": " + cause, failed), CallOutcome.FAILED, left);
    } catch (TimeoutException slow) {
      String why = " gave no whole answer in " + call.timeout().toMillis() + " ms";
      return sent.failed(new IOException(call.uri() + why, slow), CallOutcome.TIMED_OUT, true);
    } catch (InterruptedException stopped) {
      sent.settle(CallOutcome.CANCELLED, null, true, List.of(), null, false);
      throw stopped;
    } catch (RuntimeException | Error unexpected) {
      sent.settle(CallOutcome.FAILED, null, true, List.of(), null, false);
      throw unexpected;
    } finally {
      answer.cancel(true);
    }
  }

  /** A call on its way, to be settled once. */
  private final class Sent {
    private final ApiCall call;
    private final Granted granted;
    private final long sentNanos = System.nanoTime();

    Sent(ApiCall call, Granted granted) {
      this.call = call;
      this.granted = granted;
    }

    Attempt answered(int status, byte[] body, Limits limits) {
      Duration limitedFor = limits.limitedFor();
      CallOutcome outcome = outcome(status, limitedFor != null);
      Instant until = limitedFor == null ? null : clocks.now(call.provider()).plus(limitedFor);
      settle(outcome, status, true, limits.observed(), until, limits.banned());
      return new Attempt(new ApiReply(status, body), null, outcome, limitedFor);
    }

    private CallOutcome outcome(int status, boolean limited) {
      if (limited) {
        return CallOutcome.LIMITED;
      }
      if (status >= 500) {
        return call.changesState() ? CallOutcome.UNKNOWN : CallOutcome.FAILED;
      }
      return status >= 400 ? CallOutcome.REFUSED : CallOutcome.OK;
    }

    Attempt failed(IOException failure, CallOutcome usual, boolean left) {
      CallOutcome outcome = left && call.changesState() ? CallOutcome.UNKNOWN : usual;
      settle(outcome, null, left, List.of(), null, false);
      return new Attempt(null, failure, outcome, null);
    }

    void settle(
        CallOutcome outcome,
        @Nullable Integer status,
        boolean left,
        List<ObservedUse> observed,
        @Nullable Instant limitedUntil,
        boolean banned) {
      double latencyMs = Math.round((System.nanoTime() - sentNanos) / 1e4) / 100.0;
      budget.settle(
          new SettleCall(
              call.provider(),
              granted.reservationId(),
              outcome,
              status,
              left,
              null,
              latencyMs,
              observed,
              limitedUntil,
              banned,
              clocks.now(call.provider())));
    }
  }
}
