package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that the fold of alpha P&amp;L knows after an event: a row of the roll-ups, what a fold
 * begins with after a restart, and what a report as of an earlier position is folded on from.
 *
 * @param account how many accounts there were
 * @param initialCash of this account, null before the first
 * @param equity at the newest mark or reset, null before one
 * @param alphas registered ones
 * @param marks newest common mid by symbol
 * @param takerBps by venue
 * @param rebalances newest of this account, by symbol
 * @param cells by alpha id and symbol
 */
record LedgerView(
    String currency,
    long account,
    @Nullable BigDecimal initialCash,
    @Nullable BigDecimal equity,
    SortedSet<String> alphas,
    SortedMap<String, BigDecimal> marks,
    SortedMap<String, Double> takerBps,
    SortedMap<String, Rebalance> rebalances,
    SortedMap<String, SortedMap<String, Cell>> cells) {
  static final LedgerView NONE =
      new LedgerView(
          "USDT",
          0,
          null,
          null,
          new TreeSet<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>());

  /** Running total of each alpha's P&amp;L. */
  PnlColumn pnl() {
    SortedMap<String, BigDecimal> pnl = new TreeMap<>();
    cells.forEach(
        (alphaId, symbols) ->
            symbols.forEach(
                (symbol, cell) ->
                    pnl.merge(alphaId, cell.pnl(marks.get(symbol)), BigDecimal::add)));
    pnl.replaceAll((alphaId, sum) -> sum.signum() == 0 ? ZERO : sum.stripTrailingZeros());
    return new PnlColumn(pnl);
  }
}
