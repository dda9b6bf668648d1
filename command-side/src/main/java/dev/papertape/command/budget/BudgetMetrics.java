package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.DenialReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What this process asked its providers' ledgers for, and what came of the calls. */
public final class BudgetMetrics {
  private final MeterRegistry registry;
  private final AtomicBoolean ledgerAway = new AtomicBoolean();
  private final Map<String, Long> timedOut = new ConcurrentHashMap<>();

  public BudgetMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("budget.ledger.away", ledgerAway, away -> away.get() ? 1 : 0)
        .description("Whether the ledger cannot be written to, so that no external call is made")
        .register(registry);
  }

  /** All series of a provider are there from the first scrape on. */
  void provider(String provider) {
    reserved(provider);
    for (DenialReason reason : DenialReason.values()) {
      if (reason.deniesCalls()) {
        deniedCounter(provider, reason);
      }
    }
  }

  void granted(String provider) {
    reserved(provider).increment();
  }

  void denied(String provider, DenialReason reason) {
    deniedCounter(provider, reason).increment();
  }

  /** Calls of this process that a provider gave no whole answer to in time. */
  public long timedOut(String provider) {
    return timedOut.getOrDefault(provider, 0L);
  }

  void settled(SettleCall call) {
    if (call.outcome() == CallOutcome.TIMED_OUT) {
      timedOut.merge(call.provider(), 1L, Long::sum);
    }
    Timer.builder("budget.call")
        .description("External calls, from sending to the whole answer")
        .tag("provider", call.provider())
        .tag("outcome", call.outcome().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(Duration.ofNanos((long) (call.latencyMs() * 1e6)));
  }

  void ledgerAway(boolean away) {
    ledgerAway.set(away);
  }

  boolean isLedgerAway() {
    return ledgerAway.get();
  }

  private Counter reserved(String provider) {
    return Counter.builder("budget.calls.reserved")
        .description("External calls that the ledger granted")
        .tag("provider", provider)
        .register(registry);
  }

  private Counter deniedCounter(String provider, DenialReason reason) {
    return Counter.builder("budget.calls.denied")
        .description("External calls that were not made, by the reason")
        .tag("provider", provider)
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
