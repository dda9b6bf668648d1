package dev.papertape.query.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A point of a chart: P&amp;L since the window began.
 *
 * @param at feed time, cut as the window's bounds are
 * @param pnl of all
 * @param alphas by alpha id; adds up to {@code pnl}
 */
record PnlPoint(Instant at, BigDecimal pnl, SortedMap<String, BigDecimal> alphas) {}
