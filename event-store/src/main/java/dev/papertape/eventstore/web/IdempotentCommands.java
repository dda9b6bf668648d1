package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ResponseEntity;

/**
 * Runs each key once. The claim in the append transaction decides between processes; the map of
 * commands in flight only spares the second request of this process the attempt.
 */
final class IdempotentCommands {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final IdempotencyRecords records;
  private final ObjectMapper mapper;
  private final ConcurrentMap<String, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();

  IdempotentCommands(IdempotencyRecords records, ObjectMapper mapper) {
    this.records = records;
    this.mapper = mapper;
  }

  ResponseEntity<Object> once(
      String key,
      String bodyHash,
      IdempotentCommand.Command command,
      IdempotentCommand.Resumption resumption) {
    var mine = new CompletableFuture<Void>();
    for (var other = inFlight.putIfAbsent(key, mine);
        other != null;
        other = inFlight.putIfAbsent(key, mine)) {
      await(other);
    }
    try {
      return replay(key, bodyHash, resumption)
          .orElseGet(() -> run(key, bodyHash, command, resumption));
    } finally {
      inFlight.remove(key, mine);
      mine.complete(null);
    }
  }

  private ResponseEntity<Object> run(
      String key,
      String bodyHash,
      IdempotentCommand.Command command,
      IdempotentCommand.Resumption resumption) {
    try {
      CommandReply reply =
          command.run(subject -> new IdempotencyClaim(key, bodyHash, subject, null));
      keep(key, reply);
      return reply.toResponse();
    } catch (AppendFailure.KeyClaimed elsewhere) {
      return replay(key, bodyHash, resumption).orElseThrow(() -> elsewhere);
    } catch (CompletionException wrapped) {
      if (wrapped.getCause() instanceof AppendFailure.KeyClaimed elsewhere) {
        return replay(key, bodyHash, resumption).orElseThrow(() -> elsewhere);
      }
      throw wrapped;
    }
  }

  private Optional<ResponseEntity<Object>> replay(
      String key, String bodyHash, IdempotentCommand.Resumption resumption) {
    return records
        .find(key)
        .map(
            claimed -> {
              if (!claimed.bodyHash().equals(bodyHash)) {
                throw Problem.of(
                        ProblemKind.IDEMPOTENCY_KEY_REUSED,
                        "this Idempotency-Key was used with another body; take a new key")
                    .asException();
              }
              byte[] kept = claimed.reply();
              CommandReply reply = kept == null ? resumption.replyOf(claimed) : read(kept);
              if (kept == null) {
                keep(key, reply);
              }
              return reply.toResponse();
            });
  }

  private void keep(String key, CommandReply reply) {
    try {
      var kept =
          Map.of("status", reply.status(), "position", reply.position(), "body", reply.body());
      records.keepReply(key, mapper.writeValueAsBytes(kept));
    } catch (IOException bug) {
      throw new UncheckedIOException("a reply must be writable as JSON", bug);
    }
  }

  private CommandReply read(byte[] kept) {
    try {
      var reply = mapper.readTree(kept);
      return new CommandReply(
          reply.path("status").intValue(), reply.path("position").longValue(), reply.get("body"));
    } catch (IOException damaged) {
      throw new UncheckedIOException("a kept reply cannot be read", damaged);
    }
  }

  private static void await(CompletableFuture<Void> other) {
    try {
      other.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw Problem.retryLater(
              ProblemKind.UNAVAILABLE,
              "a command with this Idempotency-Key is still running",
              Duration.ofSeconds(1))
          .asException();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.retryLater(
              ProblemKind.UNAVAILABLE, "the server is stopping", Duration.ofSeconds(1))
          .asException();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("only ever completed normally", impossible);
    }
  }
}
