package dev.papertape.query.report;

import dev.papertape.contracts.report.ImplementationShortfall;
import dev.papertape.query.report.VenueReport.Slippage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Slippage and implementation shortfall of the whole portfolio over a window, from the roll-ups of
 * projection {@value #PROJECTION}: what {@code /api/report/risk} shows beside returns.
 */
@Component
public final class ExecutionCosts {
  /** Whose rows are read; a route that uses this reads this projection too. */
  public static final String PROJECTION = VenueReportProjection.NAME;

  private final VenueReportQueries queries;

  ExecutionCosts(VenueReportQueries queries) {
    this.queries = queries;
  }

  /**
   * @param shortfall of the orders that were reviewed in the window, quote units, exact
   * @param orders how many those are; orders whose mids are unknown are not among them
   */
  public record Reading(Slippage slippage, ImplementationShortfall shortfall, long orders) {}

  /**
   * @param position only what was known right after it
   * @param from within, a whole second of feed time; a whole minute where seconds are no longer
   *     kept
   * @param to without, as {@code from}; not after the feed time at {@code position}
   */
  public Reading read(Connection connection, long position, Instant from, Instant to)
      throws SQLException {
    VenueSums sums = queries.portfolio(connection, position, from, to);
    return new Reading(
        sums.slippageView(),
        new ImplementationShortfall(
            sums.money(VenueMeasure.DELAY),
            sums.money(VenueMeasure.TRADING),
            sums.money(VenueMeasure.OPPORTUNITY),
            sums.money(VenueMeasure.SHORTFALL_FEES)),
        sums.count(VenueMeasure.SHORTFALLS));
  }
}
