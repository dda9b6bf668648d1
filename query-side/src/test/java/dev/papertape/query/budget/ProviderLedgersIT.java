package dev.papertape.query.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.BudgetEvent.QuotaChanged;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.query.ReadModels;
import dev.papertape.query.RunningQuerySide;
import dev.papertape.query.TestLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ledgers as of any position, over the projection's tables. */
@Timeout(120)
class ProviderLedgersIT {
  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
  private static final int EVENTS = 140;

  private final Map<String, ProviderState> states = new TreeMap<>();
  private final List<Map<String, ProviderState>> history = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();

  private void append(TestLog log, ProviderEvent event) {
    states.put(event.provider(), ProviderState.after(states.get(event.provider()), event));
    positions.add(log.append(BudgetCommand.PREFIX + event.provider(), event));
    history.add(Map.copyOf(states));
  }

  @Test
  void eachLedgerStandsAsItsEventsUpToThereSayHoweverLongItsHistoryIs() throws Exception {
    try (RunningQuerySide side = RunningQuerySide.start();
        Connection connection = side.bean(DataSource.class).getConnection()) {
      TestLog log = side.log();
      ProviderLedgers ledgers = side.bean(ProviderLedgers.class);
      assertThat(ledgers.asOf(connection, Long.MAX_VALUE)).isEmpty();
      ProviderSettings settings =
          new ProviderSettings(List.of(new Offer(Capability.PRICE, 0L)), null, null, 80, 0);
      for (int event = 0; event < EVENTS; event++) {
        String provider = event % 3 == 0 ? "BUSY" : event % 2 == 0 ? "ALSO" : "LATE";
        Instant at = START.plusSeconds(event);
        Quota quota = new Quota(QuotaKind.CALLS, 60_000, Alignment.CALENDAR, event);
        append(
            log,
            states.containsKey(provider)
                ? new QuotaChanged(provider, List.of(quota), at)
                : new ProviderRegistered(provider, settings, List.of(quota), at));
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (ledgers.stand(connection) < positions.getLast()) {
        assertThat(System.nanoTime()).as("the projection comes up").isLessThan(deadline);
        LockSupport.parkNanos(20_000_000);
      }
      for (int event = 0; event < EVENTS; event++) {
        assertThat(ledgers.asOf(connection, positions.get(event)))
            .extracting(ProviderLedgers.Ledger::state)
            .containsExactlyElementsOf(new TreeMap<>(history.get(event)).values());
      }
      assertThat(planOverALongHistory(connection))
          .as("from name to name, not row to row")
          .anySatisfy(line -> assertThat(line).contains("Index"))
          .noneSatisfy(line -> assertThat(line).contains("Seq Scan on budget_state"));
    }
  }

  private static List<String> planOverALongHistory(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO budget_state SELECT 'BUSY', -n, 0, '{}' FROM generate_series(1, 20000) n");
      statement.execute("ANALYZE budget_state");
    }
    return ReadModels.rows(
        connection, "EXPLAIN " + ProviderLedgers.STATES, row -> row.getString(1), Long.MAX_VALUE);
  }
}
