package dev.papertape.eventstore.contract;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code contract_violations_total{contract,direction}}: bodies and frames that broke a contract,
 * each counted once however much was wrong with it. Every contract is there from the first scrape.
 */
public final class ContractCounts {
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  public ContractCounts(MeterRegistry registry, Contracts contracts) {
    for (Contract contract : contracts.all()) {
      counters.put(
          contract.label(),
          Counter.builder("contract.violations")
              .description("Bodies and frames that broke their contract")
              .tag("contract", contract.label())
              .tag("direction", contract.role().name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  public void violated(Contract contract) {
    Counter counter = counters.get(contract.label());
    if (counter != null) {
      counter.increment();
    }
  }

  /** So far, in this process. */
  public long of(Contract contract) {
    Counter counter = counters.get(contract.label());
    return counter == null ? 0 : (long) counter.count();
  }
}
