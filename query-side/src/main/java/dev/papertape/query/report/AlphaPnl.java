package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import dev.papertape.contracts.alpha.AlphaSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which alpha earned what in a window. Money in cents of {@code currency}; every column adds up to
 * the total's, and Σ shapley + {@code executionResidual} = total pnl, to the last digit.
 *
 * @param alphas by alpha id: every registered one, and whoever else did anything
 * @param interactionResidual value of all alphas together less Σ leaveOneOut
 * @param executionResidual total pnl less the modelled value of all alphas together
 * @param shapleyMethod {@code EXACT}, or {@code SAMPLED} when some rebalance had too many players
 */
record AlphaPnl(
    WindowView window,
    String currency,
    Total total,
    List<AlphaRow> alphas,
    BigDecimal interactionResidual,
    BigDecimal executionResidual,
    String shapleyMethod,
    String method,
    List<PnlPoint> series) {
  private static final String METHOD =
      "sub-positions at the common mid; coalitions re-run over the recorded signals with half a"
          + " spread of "
          + Ledger.HALF_SPREAD_BPS
          + " bps and the least taker fee; shorts borrow free";

  /**
   * @param pnl realised and unrealised, after fees
   * @param turnover Σ |fill notional|
   * @param trades closed ones
   */
  record Total(BigDecimal pnl, BigDecimal fees, BigDecimal turnover, long trades) {}

  /**
   * @param hitRate share of closed trades with a profit; null without one, {@code trades} are its
   *     samples
   * @param contribution pnl over the account's equity when the window began; null before an account
   * @param leaveOneOut null for {@code _manual}, which is no player
   * @param shapley null likewise
   * @param shapleyError upper bound of its standard error; null when it is exact
   * @param interactionResidual shapley less leaveOneOut, null likewise
   */
  record AlphaRow(
      String alphaId,
      BigDecimal pnl,
      BigDecimal fees,
      BigDecimal turnover,
      long trades,
      @Nullable Double hitRate,
      @Nullable Double contribution,
      @Nullable BigDecimal leaveOneOut,
      @Nullable BigDecimal shapley,
      @Nullable BigDecimal shapleyError,
      @Nullable BigDecimal interactionResidual) {}

  static AlphaPnl of(ReportWindow window, ReportReading reading, List<PnlPoint> series) {
    SortedMap<String, Amounts> alphas = reading.figures().alphas();
    reading.registered().forEach(alphaId -> alphas.putIfAbsent(alphaId, Amounts.NONE));
    SortedMap<String, Amounts> players = new TreeMap<>(alphas);
    players.remove(AlphaSpec.MANUAL);
    SortedMap<String, BigDecimal> pnl = Cents.of(alphas, Amounts::pnl);
    SortedMap<String, BigDecimal> fees = Cents.of(alphas, Amounts::fees);
    SortedMap<String, BigDecimal> turnover = Cents.of(alphas, Amounts::turnover);
    SortedMap<String, BigDecimal> leaveOneOut = Cents.of(players, Amounts::leaveOneOut);
    SortedMap<String, BigDecimal> shapley = Cents.of(players, Amounts::shapley);
    BigDecimal total = Cents.sum(pnl.values());
    BigDecimal together = Cents.sum(shapley.values());
    List<AlphaRow> rows =
        alphas.entrySet().stream()
            .map(
                alpha -> {
                  String id = alpha.getKey();
                  Amounts amounts = alpha.getValue();
                  BigDecimal alone = leaveOneOut.get(id);
                  BigDecimal part = shapley.get(id);
                  return new AlphaRow(
                      id,
                      pnl.getOrDefault(id, ZERO),
                      fees.getOrDefault(id, ZERO),
                      turnover.getOrDefault(id, ZERO),
                      amounts.trades(),
                      amounts.trades() == 0
                          ? null
                          : (Double) ((double) amounts.wins() / amounts.trades()),
                      contribution(amounts, reading),
                      alone,
                      part,
                      amounts.shapleyError() == 0
                          ? null
                          : Cents.of(BigDecimal.valueOf(amounts.shapleyError())),
                      alone == null || part == null ? null : part.subtract(alone));
                })
            .toList();
    boolean isSampled = alphas.values().stream().anyMatch(a -> a.shapleyError() > 0);
    return new AlphaPnl(
        WindowView.of(window, reading.span()),
        reading.end().currency(),
        new Total(
            total,
            Cents.sum(fees.values()),
            Cents.sum(turnover.values()),
            alphas.values().stream().mapToLong(Amounts::trades).sum()),
        rows,
        together.subtract(Cents.sum(leaveOneOut.values())),
        total.subtract(together),
        isSampled ? "SAMPLED" : "EXACT",
        METHOD,
        series);
  }

  private static @Nullable Double contribution(Amounts amounts, ReportReading reading) {
    BigDecimal equity = reading.start().equity();
    if (equity == null) {
      equity = reading.end().initialCash();
    }
    return equity == null || equity.signum() <= 0
        ? null
        : (Double) (amounts.pnl().doubleValue() / equity.doubleValue());
  }
}
