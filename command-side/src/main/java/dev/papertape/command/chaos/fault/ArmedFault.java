package dev.papertape.command.chaos.fault;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault that is switched on. Carries its own deadline: whatever becomes of those who switched it
 * on, it strikes no more from then on. Shared by a venue's connections; thread-safe.
 */
public final class ArmedFault {
  private final ExperimentStarted plan;
  private final BigDecimal factor;
  private final AtomicLong toDrop;
  private final AtomicLong hits = new AtomicLong();
  private volatile boolean disarmed;
  private volatile boolean shown;

  public ArmedFault(ExperimentStarted plan) {
    this.plan = plan;
    this.factor = BigDecimal.valueOf(plan.intensity());
    this.toDrop = new AtomicLong(Math.round(plan.intensity()));
  }

  public ExperimentStarted plan() {
    return plan;
  }

  /** Whether it may strike at this moment. */
  public boolean isActive(Instant now) {
    return !disarmed && now.isBefore(plan.endsAt());
  }

  /** Strikes no more. */
  public void disarm() {
    disarmed = true;
  }

  /** Messages dropped or changed, replies held, sockets closed. */
  public long hits() {
    return hits.get();
  }

  public void hit() {
    hits.incrementAndGet();
  }

  /** Whether a message is to be dropped because not enough of them were. */
  boolean takeOneToDrop() {
    return toDrop.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Whether the client was sent something by which it must see that a message is missing. */
  boolean isShown() {
    return shown;
  }

  void show() {
    shown = true;
  }

  /** The quantity times the intensity, with as many decimals as it came with. */
  BigDecimal multiplied(BigDecimal quantity) {
    return quantity.multiply(factor).setScale(Math.max(0, quantity.scale()), RoundingMode.DOWN);
  }
}
