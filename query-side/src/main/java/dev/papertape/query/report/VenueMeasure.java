package dev.papertape.query.report;

import java.util.Locale;

/**
 * What a row of the venue roll-up adds up; every one is exact, so rows add up in any order. The
 * column has the constant's name. Terms in bps stand multiplied by the notional (quantity · price)
 * of their fills, each rounded once to {@link VenueFills#DECIMALS} decimals.
 */
enum VenueMeasure {
  /** Orders with a leg at the venue. */
  ORDERS,
  LEGS,
  /** Legs of immediate orders that are over, unless the engine's restart ended them. */
  LEGS_ENDED,
  /** Of those, the ones without any fill. */
  REJECTS,
  /** Of the legs that ended: quantity sent, at the mid of the decision. */
  SENT_VALUE,
  /** Of the legs that ended: quantity filled, at the mid of the decision. */
  FILLED_VALUE,
  FILLS,
  /** Σ quantity · price. */
  NOTIONAL,
  FEES,
  /** Notional of the fills with a mid at their decision. */
  PRICED_NOTIONAL,
  SLIPPAGE,
  /** Fills with a quote at their decision, their notional, and what they were better than it. */
  QUOTED_FILLS,
  QUOTED_NOTIONAL,
  IMPROVEMENT,
  MARKED_1,
  MARKED_1_NOTIONAL,
  REALIZED_1,
  MARKED_10,
  MARKED_10_NOTIONAL,
  REALIZED_10,
  MARKED_60,
  MARKED_60_NOTIONAL,
  REALIZED_60,
  /** Legs that could be compared with another venue, and those no dearer than the best. */
  COMPARED,
  WON,
  RESYNCS,
  /** Reviewed orders whose shortfall is known; with what follows only in the row of all venues. */
  SHORTFALLS,
  DELAY,
  TRADING,
  OPPORTUNITY,
  SHORTFALL_FEES;

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
