package dev.papertape.command.deploy;

import dev.papertape.command.deploy.Releases.Trial;
import dev.papertape.command.deploy.rollout.SloTally;
import dev.papertape.command.deploy.verdict.Judges;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.DemoTraffic;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.TrafficPace;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a rollout's SLOs; cumulative, also over the engine's lives: a new one goes on from
 * what the last one said. What was sampled after that is lost with the life, which is a second of
 * feed time at most. Owned by the engine's thread.
 */
public final class SloTallies {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final String rolloutId;
  private final RolloutPolicy policy;
  private final Map<Slo, SloTally> tallies = new EnumMap<>(Slo.class);
  private @Nullable Instant since;
  private @Nullable Instant said;
  private long generated;
  private long traded;

  /** A first observation says from when the rollout is counted. */
  private boolean changed = true;

  private SloTallies(Trial trial) {
    this.rolloutId = trial.rolloutId();
    this.policy = trial.policy();
  }

  /**
   * @param observed the newest of this rollout, null before the first
   */
  public static SloTallies goingOn(Trial trial, @Nullable SlosObserved observed) {
    SloTallies tallies = new SloTallies(trial);
    for (SloRule rule : trial.policy().slos()) {
      tallies.tallies.put(rule.slo(), new SloTally(SloCounts.none(rule.slo())));
    }
    if (observed != null) {
      tallies.since = observed.since();
      DemoTraffic demo = observed.demo();
      tallies.generated = demo == null ? 0 : demo.generated();
      tallies.traded = demo == null ? 0 : demo.traded();
      observed.slos().forEach(slo -> tallies.tallies.put(slo.slo(), new SloTally(slo)));
    }
    return tallies;
  }

  /** Counts one sample; an excluded one is counted apart. */
  public void count(Slo slo, Arm arm, boolean bad, boolean excluded) {
    SloTally tally = tallies.get(slo);
    if (tally == null) {
      return;
    }
    changed = true;
    if (excluded) {
      tally.exclude(arm);
    } else {
      tally.sample(arm, bad);
    }
  }

  /** Counts an intent of the demo pace. */
  public void generated(boolean isTraded) {
    changed = true;
    generated++;
    traded += isTraded ? 1 : 0;
  }

  /** Intents of the demo pace so far, over all lives. */
  public long generated() {
    return generated;
  }

  /** What is to be said now, null for nothing. */
  public @Nullable SlosObserved due(long life, Instant feedTime) {
    if (!changed || (said != null && feedTime.isBefore(said.plus(BETWEEN)))) {
      return null;
    }
    changed = false;
    said = feedTime;
    since = since == null ? feedTime : since;
    List<SloCounts> counts = tallies.values().stream().map(SloTally::counts).toList();
    return new SlosObserved(
        rolloutId,
        life,
        since,
        feedTime,
        counts,
        policy.pace() == TrafficPace.DEMO ? new DemoTraffic(generated, traded) : null,
        Judges.of(policy).evidence(counts));
  }
}
