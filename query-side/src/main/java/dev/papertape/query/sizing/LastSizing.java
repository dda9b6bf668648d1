package dev.papertape.query.sizing;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest sizing; fields as in {@link PositionSized}.
 *
 * @param at feed time
 */
record LastSizing(
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
    String rebalanceId,
    @Nullable String decisionId,
    SortedMap<String, String> inputs,
    Instant at) {

  static LastSizing of(PositionSized sized) {
    return new LastSizing(
        sized.symbol(),
        sized.alphaIds(),
        sized.signal(),
        sized.method(),
        sized.targetVol(),
        sized.realizedVol(),
        sized.kelly(),
        sized.cap(),
        sized.capReason(),
        sized.equity(),
        sized.mid(),
        sized.quantity(),
        sized.notional(),
        sized.rebalanceId(),
        sized.decisionId(),
        sized.inputs(),
        sized.feedTime());
  }
}
