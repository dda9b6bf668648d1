package dev.papertape.command.market;

import dev.papertape.command.quality.QualityNote;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All books of all venues; owned by the engine's thread. */
public interface MarketState {

  /**
   * Applies one input; what came of it goes to the listener, in order. Never throws for bad input.
   */
  void apply(MarketInput input, Listener listener);

  /** Notices silence: books and sockets without a message for too long. Called at every tick. */
  void tick(Instant feedTime, Listener listener);

  /** Tells the counts of all streams that changed since they were told last. */
  default void observe(Instant feedTime, Listener listener) {}

  @Nullable BookView book(Venue venue, Symbol symbol);

  /** What a stream is worth now; UNVERIFIABLE where there is none. */
  StreamState streamState(Venue venue, Symbol symbol, Channel channel, Instant feedTime);

  /** Books of the symbol at all venues that list it, ordered by venue name. */
  List<BookView> books(Symbol symbol);

  Collection<Symbol> symbols();

  /** Whether books are displayed ones; features of a book made of candles would say nothing. */
  default boolean hasDepth() {
    return true;
  }

  /** What an earlier life stored of a stream's candles; before its venue is listed. */
  default void recall(Venue venue, Symbol symbol, CandleMemory memory) {}

  /** What applying an input or a tick brought about. */
  interface Listener {
    /** A fact to append to stream {@code venue:<VENUE>}. */
    void fact(MarketEvent event);

    /** The book changed (or its state did). */
    void bookChanged(BookView book);

    void traded(PublicTrade trade);

    /** What the guards found; nothing to do for who only keeps books. */
    default void noted(QualityNote note) {}

    /**
     * A one-minute candle was judged, in the order of judgements; of a stream the minutes ascend,
     * unless one is told late, again or otherwise.
     */
    default void candleJudged(JudgedCandle candle) {}

    /**
     * All candles of {@code [from, to)} have been told to {@link #candleJudged}; the minutes
     * without one had no trade.
     */
    default void candlesCovered(Venue venue, Symbol symbol, Instant from, Instant to) {}
  }
}
