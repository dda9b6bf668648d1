package dev.papertape.command.features.parity;

import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.ParityVerdict;
import dev.papertape.contracts.features.RunParity.Ran;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks parity every minute of clock time in the process that holds the engine's lease. */
public final class ParitySchedule implements AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration EVERY = Duration.ofSeconds(60);
  private static final String ACTOR = "features";
  private static final Logger log = LoggerFactory.getLogger(ParitySchedule.class);

  private final ParityRuns runs;
  private final BooleanSupplier isHolder;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("feature-parity").daemon().factory());
  private ParityVerdict last = ParityVerdict.NO_DATA;

  public ParitySchedule(ParityRuns runs, BooleanSupplier isHolder) {
    this.runs = runs;
    this.isHolder = isHolder;
  }

  public void start() {
    timer.scheduleWithFixedDelay(
        this::run, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    if (!isHolder.getAsBoolean()) {
      return;
    }
    try {
      say(runs.run(ParityRuns.SCHEDULE, ParityRuns.SCHEDULED, ACTOR, null));
    } catch (RuntimeException failed) {
      // The next minute's run looks at the same values again.
      log.warn("features could not be compared and will be again: {}", failed.toString());
    }
  }

  private void say(Ran ran) {
    ParityVerdict verdict = ran.result().verdict();
    if (verdict == ParityVerdict.MISMATCH && last != ParityVerdict.MISMATCH) {
      List<String> names =
          ran.result().features().stream()
              .filter(each -> each.divergences() > 0)
              .map(FeatureParity::name)
              .toList();
      log.warn("online features differ from the backtest: {}", String.join(", ", names));
    }
    last = verdict;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("a parity run did not end with this process");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
