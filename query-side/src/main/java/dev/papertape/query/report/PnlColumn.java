package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** P&amp;L by alpha id, exact: what charts read of a row. */
record PnlColumn(SortedMap<String, BigDecimal> alphas) {
  PnlColumn minus(PnlColumn base) {
    SortedMap<String, BigDecimal> difference = new TreeMap<>(alphas);
    difference.replaceAll((alphaId, pnl) -> pnl.subtract(base.alphas.getOrDefault(alphaId, ZERO)));
    return new PnlColumn(difference);
  }

  /** Rounded so that the alphas add up to the total. */
  PnlPoint at(long second) {
    SortedMap<String, BigDecimal> cents = Cents.of(alphas);
    return new PnlPoint(Instant.ofEpochSecond(second), Cents.sum(cents.values()), cents);
  }
}
