package dev.papertape.command.chaos;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.engine.EngineStatus;
import dev.papertape.command.engine.EngineStatus.FeedStatus;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Signs by which the system shows that it noticed a fault, counted since just before it was
 * applied: how often a book within the blast radius was lost or doubted, or calls of the provider
 * that timed out. Counts, since what lasts shorter than a look would be missed.
 */
final class NoticedTally {
  private final ExperimentStarted plan;
  private final BlastRadius radius;
  private final ToLongFunction<String> timedOut;
  private final long atBegin;

  /**
   * @param timedOut calls of a provider that timed out, since any moment
   * @param begin the engine before the fault
   */
  NoticedTally(
      ExperimentStarted plan,
      List<VenueSettings> venues,
      ToLongFunction<String> timedOut,
      EngineStatus begin) {
    this.plan = plan;
    this.radius = new BlastRadius(plan, venues);
    this.timedOut = timedOut;
    this.atBegin = count(begin);
  }

  long sinceBegin(EngineStatus status) {
    return Math.max(0, count(status) - atBegin);
  }

  private long count(EngineStatus status) {
    String provider = plan.target().provider();
    return provider != null
        ? timedOut.applyAsLong(provider)
        : status.feeds().stream()
            .filter(feed -> radius.covers(feed.venue(), feed.symbol()))
            .mapToLong(FeedStatus::timesUnsettled)
            .sum();
  }
}
