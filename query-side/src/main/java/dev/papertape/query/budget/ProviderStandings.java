package dev.papertape.query.budget;

import dev.papertape.contracts.budget.ProviderStanding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the providers are, in short, for whoever is not about budgets. */
@Component
public final class ProviderStandings {
  private final ProviderLedgers ledgers;
  private final Clock clock;

  ProviderStandings(ProviderLedgers ledgers, Clock clock) {
    this.ledgers = ledgers;
    this.clock = clock;
  }

  /**
   * One provider.
   *
   * @param reason one sentence, null while all is well
   */
  public record Standing(String provider, ProviderStanding state, @Nullable String reason) {}

  /** As they stand now, by name. */
  public List<Standing> now(Connection connection) throws SQLException {
    Instant now = clock.instant();
    return ledgers.asOf(connection, ledgers.stand(connection)).stream()
        .map(ledger -> StatusViews.provider(ledger.state(), ledger.at(now)))
        .map(view -> new Standing(view.provider(), view.state(), view.reason()))
        .toList();
  }
}
