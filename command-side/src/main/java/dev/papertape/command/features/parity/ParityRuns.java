package dev.papertape.command.features.parity;

import dev.papertape.command.features.FeatureWriter;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.ParityVerdict;
import dev.papertape.contracts.features.RunParity;
import dev.papertape.contracts.features.RunParity.Ran;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Runs a parity check and leaves its result in the log. One at a time, in the process whose engine
 * puts the values: only there is it known up to when they are written.
 */
public final class ParityRuns {
  static final String SCHEDULE = "SCHEDULE";
  private static final String REQUEST = "REQUEST";
  private static final String STREAM = "feature-parity";

  /** Every minute's check looks back so far; what it found is in the log. */
  static final ParityCheck.Depth SCHEDULED =
      new ParityCheck.Depth(Duration.ofMinutes(30), Duration.ofMinutes(5));

  private static final ParityCheck.Depth REQUESTED =
      new ParityCheck.Depth(Duration.ofHours(3), Duration.ofMinutes(15));

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final FeatureWriter writer;
  private final ParityCheck check;
  private final FactJournal journal;
  private final EventLog events;
  private final Function<LoggedEvent, ?> decode;
  private final ParityMetrics metrics;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public ParityRuns(
      FeatureWriter writer,
      ParityCheck check,
      FactJournal journal,
      EventLog events,
      Function<LoggedEvent, ?> decode,
      ParityMetrics metrics) {
    this.writer = writer;
    this.check = check;
    this.journal = journal;
    this.events = events;
    this.decode = decode;
    this.metrics = metrics;
  }

  /** It could not be run now. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy(String why) {
      super(why);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  /**
   * @throws Busy when another run or the writer takes too long
   */
  @CommandHandler
  public Ran handle(RunParity command) {
    String key = command.idempotencyKey();
    String bodyHash = command.bodyHash();
    IdempotencyClaim claim =
        key == null || bodyHash == null ? null : new IdempotencyClaim(key, bodyHash, STREAM, null);
    return run(REQUEST, REQUESTED, command.actor(), claim);
  }

  Ran run(String trigger, ParityCheck.Depth depth, String actor, @Nullable IdempotencyClaim claim) {
    try {
      if (!oneAtATime.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Busy("another parity run is under way");
      }
      try {
        return leave(result(trigger, depth), actor, claim);
      } finally {
        oneAtATime.unlock();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Busy("this process is stopping");
    }
  }

  private ParityChecked result(String trigger, ParityCheck.Depth depth)
      throws InterruptedException {
    Optional<Instant> knownUntil;
    List<FeatureParity> features;
    try {
      knownUntil = writer.await(LONGEST_WAIT);
      features = knownUntil.isEmpty() ? check.nothing() : check.check(knownUntil.get(), depth);
    } catch (TimeoutException late) {
      throw new Busy("what the engine computed is not written yet");
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("parity could not be checked", failed);
    }
    return new ParityChecked(
        UUID.randomUUID().toString(),
        trigger,
        ParityVerdict.of(features),
        knownUntil.orElse(null),
        features);
  }

  private Ran leave(ParityChecked result, String actor, @Nullable IdempotencyClaim claim)
      throws InterruptedException {
    Fact fact = new Fact(STREAM, STREAM, UUID.randomUUID(), result, Map.of("actor", actor));
    Appended appended = durable(journal.appendWaiting(List.of(fact), null, claim));
    metrics.found(result.features());
    return new Ran(result, appended.last(), appended.recordedAt());
  }

  private static Appended durable(CompletableFuture<Appended> append) {
    try {
      return append.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** What an earlier run left at this position of the log. */
  public Ran at(long position) {
    LoggedEvent row =
        events
            .at(position)
            .orElseThrow(() -> new IllegalStateException("nothing at position " + position));
    return new Ran((ParityChecked) decode.apply(row), position, row.recordedAt());
  }
}
