package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases;
import dev.papertape.command.deploy.Releases.Trial;
import dev.papertape.command.deploy.SloTallies;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the samples of both arms while a rollout runs and says once a second of feed time what they
 * are. Owned by the engine's thread.
 *
 * <p>An immediate order gives a sample of each SLO, a resting one of the error rate alone: how long
 * it rests is the market's doing. In the shadow neither arm has a latency, since the candidate
 * fills nothing.
 */
final class RolloutSamples {
  private final long life;
  private final Map<String, Followed> followed = new HashMap<>();
  private @Nullable Trial trial;
  private @Nullable SloTallies tallies;
  private int experiments;
  private boolean experimentRuns;

  /** An order in an arm that is not over; excluded if an experiment ran at any time of its life. */
  private record Followed(Arm arm, Instant since, int experiments, boolean disturbed) {}

  RolloutSamples(long life, Releases releases, @Nullable SlosObserved observed) {
    this.life = life;
    this.trial = releases.trial();
    if (trial != null) {
      tallies = SloTallies.goingOn(trial, observed);
    }
  }

  /** Counts go on as long as it is the same rollout. */
  void use(Releases releases) {
    Trial next = releases.trial();
    boolean same = next != null && trial != null && next.rolloutId().equals(trial.rolloutId());
    trial = next;
    if (!same) {
      followed.clear();
      tallies = next == null ? null : SloTallies.goingOn(next, null);
    }
  }

  /** A chaos experiment begins or ends: what is sampled meanwhile is disturbed. */
  void experiment(boolean runs) {
    experiments += runs ? 1 : 0;
    experimentRuns = runs;
  }

  /** An intent of the demo pace was made; those of neither arm are not traded. */
  void generated(Arm arm) {
    if (tallies != null) {
      tallies.generated(arm != Arm.BASELINE);
    }
  }

  /** Intents of the demo pace since the rollout began, over all lives. */
  long generated() {
    return tallies == null ? 0 : tallies.generated();
  }

  /** An order has been decided, its facts not yet all added. */
  void decided(String orderId, ArmOutcomes arms, Instant feedTime) {
    if (trial == null || tallies == null || arms.assignment().candidate() == null) {
      return;
    }
    Arm arm = arms.assignment().arm();
    ArmSample sample = ArmSample.of(arms, trial);
    count(Slo.ERROR_RATE, arm, sample.error(), experimentRuns);
    count(Slo.ROUTER_QOS, arm, sample.worse(), experimentRuns);
    if (trial.executes() && sample.isTimed()) {
      followed.put(orderId, new Followed(arm, feedTime, experiments, experimentRuns));
    }
  }

  /** Something happened to an order; its last fill or expiry ends its latency. */
  void happened(OrderEvent event) {
    if (!AccountRecovery.endsOrder(event)) {
      return;
    }
    Followed order = followed.remove(event.orderId());
    if (order == null || event instanceof ExecutionEvent.OrderCancelled) {
      return;
    }
    boolean disturbed = order.disturbed || experimentRuns || order.experiments != experiments;
    long tookMs = Duration.between(order.since, event.feedTime()).toMillis();
    count(Slo.P95_LATENCY, order.arm, isSlow(tookMs), disturbed);
  }

  /** Says what has been counted, at most once a second and only if something changed. */
  void observe(Instant feedTime, Consumer<SlosObserved> out) {
    if (tallies != null) {
      SlosObserved due = tallies.due(life, feedTime);
      if (due != null) {
        out.accept(due);
      }
    }
  }

  private boolean isSlow(long tookMs) {
    Double threshold = trial == null ? null : ArmSample.threshold(trial, Slo.P95_LATENCY);
    return threshold != null && tookMs > threshold;
  }

  private void count(Slo slo, Arm arm, @Nullable Boolean bad, boolean disturbed) {
    if (bad == null || trial == null || tallies == null) {
      return;
    }
    tallies.count(slo, arm, bad, disturbed && !trial.policy().samplesChaos());
  }
}
