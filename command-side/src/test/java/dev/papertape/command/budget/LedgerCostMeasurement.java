package dev.papertape.command.budget;

import static dev.papertape.command.budget.Ledger.NAME;
import static dev.papertape.command.budget.Ledger.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetEvent.CallReserved;
import dev.papertape.contracts.budget.BudgetEvent.CallSettled;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.log.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a call costs at a fresh ledger, and at one with a hundred thousand calls behind it. Neither
 * a test nor an IT by its name: {@code ./mvnw -o test -pl command-side -am
 * -Dtest=LedgerCostMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class LedgerCostMeasurement {
  private static final int CALLS = 100_000;
  private static final int MEASURED = 400;
  private static final int PER_APPEND = 2_000;

  @Test
  void measure() throws Exception {
    try (LedgerProcess ledger = LedgerProcess.over(TemporaryPostgres.freshDatabase())) {
      ledger.register(
          new RegisterProvider(
              NAME, Ledger.free(), List.of(Ledger.calendar(QuotaKind.WEIGHT, 60, 6_000)), START));
      run(ledger, "warm-up", START);
      String fresh = run(ledger, "fresh", START.plusSeconds(600));
      history(ledger, START.plusSeconds(1_200));
      long begin = System.nanoTime();
      run(ledger, "first", START.plusSeconds(500_000), 1);
      String first = (System.nanoTime() - begin) / 1_000_000 + " ms";
      String old = run(ledger, "old", START.plusSeconds(500_600));
      long events =
          ledger
                  .context
                  .getBean(EventLog.class)
                  .lastOf(BudgetCommand.PREFIX + NAME)
                  .orElseThrow()
                  .sequence()
              + 1;
      System.out.printf(
          "reserve + settle: fresh %s; after %d events, the first %s, then %s%n",
          fresh, events, first, old);
      assertThat(events).isGreaterThan(2L * CALLS);
    }
  }

  /** Appended as facts: it would take too long through the aggregate. */
  private static void history(LedgerProcess ledger, Instant from) {
    FactJournal journal = ledger.context.getBean(FactJournal.class);
    List<Fact> facts = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      Instant at = from.plusSeconds(call);
      String id = "h" + call;
      facts.add(
          fact(
              new CallReserved(
                  NAME, id, Capability.PRICE, 2, 0, 0, false, false, at.plusSeconds(30), at)));
      facts.add(
          fact(
              new CallSettled(
                  NAME,
                  id,
                  Capability.PRICE,
                  CallOutcome.OK,
                  200,
                  1,
                  2,
                  0,
                  0,
                  12.5,
                  List.of(),
                  false,
                  at)));
      if (facts.size() >= PER_APPEND) {
        journal.append(List.copyOf(facts), null, null).join();
        facts.clear();
      }
    }
  }

  private static Fact fact(Object event) {
    return new Fact(BudgetCommand.PREFIX + NAME, "provider", UUID.randomUUID(), event, Map.of());
  }

  private static String run(LedgerProcess ledger, String prefix, Instant from) throws Exception {
    return run(ledger, prefix, from, MEASURED);
  }

  private static String run(LedgerProcess ledger, String prefix, Instant from, int calls) {
    double[] millis = new double[calls];
    for (int call = 0; call < calls; call++) {
      Instant at = from.plusMillis(call * 100L);
      String id = prefix + call;
      long begin = System.nanoTime();
      ledger.budget.reserve(
          new BudgetCommand.ReserveCall(
              NAME, id, Capability.PRICE, 2, 0, null, false, at.plusSeconds(30), at));
      ledger.settle(id, at);
      millis[call] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    return "p50 %.1f ms, p99 %.1f ms"
        .formatted(millis[calls / 2], millis[Math.min(calls - 1, calls * 99 / 100)]);
  }
}
