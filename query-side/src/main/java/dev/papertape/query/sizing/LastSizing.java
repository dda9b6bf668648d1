package dev.papertape.query.sizing;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest sizing; fields as in {@link PositionSized}, null before the first.
 *
 * @param at feed time
 */
record LastSizing(
    @Nullable Symbol symbol,
    List<String> alphaIds,
    @Nullable Double signal,
    @Nullable String method,
    @Nullable Double targetVol,
    @Nullable Double realizedVol,
    @Nullable Double kelly,
    @Nullable BigDecimal cap,
    @Nullable String capReason,
    @Nullable BigDecimal equity,
    @Nullable BigDecimal mid,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal notional,
    @Nullable String rebalanceId,
    @Nullable String decisionId,
    SortedMap<String, String> inputs,
    @Nullable Instant at) {
  /** Before anything has been sized. */
  static final LastSizing NONE =
      new LastSizing(
          null,
          List.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          new TreeMap<>(),
          null);

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
