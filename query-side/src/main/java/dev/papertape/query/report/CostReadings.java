package dev.papertape.query.report;

import dev.papertape.contracts.report.ImplementationShortfall;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What execution cost over a window, from roll-ups; {@code GET /api/report/risk} asks for it. */
public interface CostReadings {
  /**
   * @param newest feed time of the newest event included
   * @param position of the log that must not be passed
   */
  Costs over(Connection connection, ReportWindow window, Instant newest, long position)
      throws SQLException;

  /**
   * Slippage of fills against the mid at the decision, in bps, positive when it cost.
   *
   * @param meanBps notional-weighted, null without a sample
   * @param p50Bps unweighted, null without a sample
   * @param p95Bps unweighted, null without a sample
   * @param samples fills with a decision's mid
   * @param shortfall Σ over reviewed orders
   * @param orders reviewed orders with all three mids
   */
  record Costs(
      @Nullable Double meanBps,
      @Nullable Double p50Bps,
      @Nullable Double p95Bps,
      long samples,
      ImplementationShortfall shortfall,
      long orders) {
    public static final Costs NONE =
        new Costs(null, null, null, 0, ImplementationShortfall.NONE, 0);
  }
}
