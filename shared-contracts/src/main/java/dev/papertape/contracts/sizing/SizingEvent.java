package dev.papertape.contracts.sizing;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** How much is held; facts on stream {@code sizing:<symbol>}. */
public sealed interface SizingEvent extends DomainEvent {

  /**
   * A combined signal became a quantity.
   *
   * @param rebalanceId of the {@code SignalsCombined} just before it
   * @param decisionId of the order that followed, null when none did
   * @param alphaIds that had a weight and a signal other than 0
   * @param signal the combined one
   * @param targetVol annualised, as a fraction
   * @param realizedVol annualised, as a fraction; null without enough samples, and then the
   *     quantity is 0
   * @param kelly the full Kelly fraction of equity, null without enough samples
   * @param cap quote units beyond which nothing is held
   * @param capReason which cap was the least: {@code KELLY}, {@code MAX_NOTIONAL}, {@code
   *     PARTICIPATION}, {@code FREE_BALANCE}; {@code NONE} when the volatility target is below all;
   *     {@code NO_VOLATILITY} when there is nothing to measure by
   * @param quantity target held, signed base units, cut to lots
   * @param notional signed quote units
   * @param inputs every value that the rule looked at, as plain text
   */
  record PositionSized(
      String rebalanceId,
      @Nullable String decisionId,
      Symbol symbol,
      List<String> alphaIds,
      double signal,
      String method,
      double targetVol,
      @Nullable Double realizedVol,
      @Nullable Double kelly,
      BigDecimal cap,
      String capReason,
      BigDecimal equity,
      BigDecimal mid,
      BigDecimal quantity,
      BigDecimal notional,
      SortedMap<String, String> inputs,
      Instant feedTime)
      implements SizingEvent {}
}
