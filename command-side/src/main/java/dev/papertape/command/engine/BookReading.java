package dev.papertape.command.engine;

import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A copy of one book between two inputs of the engine. */
public record BookReading(
    List<Level> bids,
    List<Level> asks,
    @Nullable Long sequence,
    @Nullable Long checksum,
    BookState state,
    @Nullable Instant exchangeTime,
    @Nullable Instant receivedAt,
    @Nullable Double verifiedPercent,
    Instant feedTime) {
  /** One level, plain decimals. */
  public record Level(BigDecimal price, BigDecimal quantity) {}
}
