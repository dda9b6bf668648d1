package dev.papertape.command.market;

import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One venue's book of one symbol with its state, as the engine's thread sees it now. */
public interface BookView {
  Instrument instrument();

  OrderBook book();

  /** The state at {@code feedTime}: a synced book whose newest message is too old is STALE. */
  BookState state(Instant feedTime);

  /** The venue's sequence of the book, null where it has none or before a snapshot. */
  @Nullable Long sequence();

  /** The venue's time of the newest message, null if it sends none. */
  @Nullable Instant exchangeTime();

  /**
   * The venue's own checksum of the book as it stands, which was found to fit; null where it sends
   * none and before a snapshot.
   */
  default @Nullable Long checksum() {
    return null;
  }

  /**
   * What a paper order pays for a part of a displayed level: what is displayed. A market that knows
   * no depth has it move away with the quantity.
   *
   * @param price displayed
   * @param quantity taken of it, base units
   */
  default BigDecimal paid(Side side, BigDecimal price, BigDecimal quantity) {
    return price;
  }

  /** Receive time of the newest message, null before the first. */
  @Nullable Instant receivedAt();

  /**
   * Messages of this book that broke it, and all its messages, since start: the gap rate's parts.
   */
  long brokenMessages();

  long messages();

  /** How often a synced book was lost, or a guard doubted it after a message, since start. */
  default long timesUnsettled() {
    return 0;
  }

  /** Share of messages that were proved in order, in percent, null before the first. */
  @Nullable Double verifiedPercent();
}
