package dev.papertape.command.deploy;

import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of rollouts in the process that holds the engine's lease, counted from durable facts.
 * Every name is there from the first scrape on.
 */
public final class RolloutMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger percent = new AtomicInteger();
  private final Map<Slo, SloCounts> counted = new EnumMap<>(Slo.class);
  private @Nullable String rolloutId;

  public RolloutMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("deploy.traffic.percent", percent, AtomicInteger::doubleValue)
        .description("Share of the intents that a candidate executes; 0 without a rollout")
        .register(registry);
    for (Slo slo : Slo.values()) {
      for (Arm arm : new Arm[] {Arm.CANDIDATE, Arm.CONTROL}) {
        add(slo, arm, ArmCounts.NONE, ArmCounts.NONE);
      }
    }
  }

  /** What decisions are made under changed. */
  public void releases(Releases now) {
    Releases.Trial trial = now.trial();
    percent.set(trial == null || !trial.executes() ? 0 : trial.sampledPercent());
  }

  /**
   * A life begins at these counts: they were counted before, here or in the process that held the
   * lease.
   */
  public synchronized void goOnFrom(SlosObserved observed) {
    counted.clear();
    rolloutId = observed.rolloutId();
    observed.slos().forEach(counts -> counted.put(counts.slo(), counts));
  }

  /** Counts of a rollout are durable. */
  public synchronized void observed(SlosObserved observed) {
    boolean isKnown = observed.rolloutId().equals(rolloutId);
    if (!isKnown) {
      counted.clear();
      rolloutId = observed.rolloutId();
    }
    for (SloCounts counts : observed.slos()) {
      SloCounts before = counted.put(counts.slo(), counts);
      SloCounts from = before == null ? SloCounts.none(counts.slo()) : before;
      add(counts.slo(), Arm.CANDIDATE, from.candidate(), counts.candidate());
      add(counts.slo(), Arm.CONTROL, from.control(), counts.control());
    }
  }

  private void add(Slo slo, Arm arm, ArmCounts from, ArmCounts to) {
    long bad = to.bad() - from.bad();
    counter(slo, arm, "bad").increment(bad);
    counter(slo, arm, "good").increment(to.samples() - from.samples() - bad);
    counter(slo, arm, "excluded").increment(to.excluded() - from.excluded());
  }

  private Counter counter(Slo slo, Arm arm, String outcome) {
    return Counter.builder("deploy.samples")
        .description("Samples of both arms of rollouts; excluded are those of chaos experiments")
        .tag("slo", slo.name())
        .tag("arm", arm.name())
        .tag("outcome", outcome)
        .register(registry);
  }
}
