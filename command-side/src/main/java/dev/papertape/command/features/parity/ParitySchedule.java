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

/**
 * Checks parity at {@link ParityPace}, in clock time, in the process that holds the engine's lease.
 */
public final class ParitySchedule implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_RUN = Duration.ofSeconds(60);
  private static final String ACTOR = "features";
  private static final Logger log = LoggerFactory.getLogger(ParitySchedule.class);

  private final ParityRuns runs;
  private final BooleanSupplier isHolder;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("feature-parity").daemon().factory());
  private final ParityPace pace = new ParityPace();
  private ParityVerdict last = ParityVerdict.NO_DATA;

  public ParitySchedule(ParityRuns runs, BooleanSupplier isHolder) {
    this.runs = runs;
    this.isHolder = isHolder;
  }

  public void start() {
    timer.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (pace.isDue(isHolder.getAsBoolean(), System.nanoTime())) {
        run();
      }
    } catch (Throwable failed) {
      // Whatever leaves this method would end the schedule for good, without a word. The next run
      // looks at the same values again.
      pace.failed(System.nanoTime());
      log.warn("features could not be compared and will be again: {}", failed.toString());
    }
  }

  private void run() {
    Ran ran = runs.run(ParityRuns.SCHEDULE, ParityRuns.SCHEDULED, ACTOR, null);
    pace.ran(ran.result().features(), System.nanoTime());
    say(ran);
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
      if (!timer.awaitTermination(LONGEST_RUN.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("a parity run did not end with this process");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
