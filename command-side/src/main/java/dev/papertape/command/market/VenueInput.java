package dev.papertape.command.market;

import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a connector, live or recorded, can tell the engine. Decoded away from the
 * engine's thread; values are the wire's, because the scale of a symbol belongs to the engine.
 */
public sealed interface VenueInput extends MarketInput {
  Arrival arrival();

  @Override
  default Venue venue() {
    return arrival().venue();
  }

  @Override
  default Instant receivedAt() {
    return arrival().receivedAt();
  }

  @Override
  default int source() {
    return arrival().source();
  }

  @Override
  default long ordinal() {
    return arrival().ordinal();
  }

  @Override
  default VenueInput restamped(Instant receivedAt) {
    Arrival at = arrival().at(receivedAt);
    return switch (this) {
      case SocketOpened f -> new SocketOpened(at, f.endpoint);
      case SocketClosed f -> new SocketClosed(at, f.reason);
      case InstrumentsListed f -> new InstrumentsListed(at, f.instruments, f.stated);
      case DepthDiff f -> new DepthDiff(at, f.symbol, f.integrity, f.exchangeTime, f.bids, f.asks);
      case DepthSnapshot f ->
          new DepthSnapshot(at, f.symbol, f.integrity, f.exchangeTime, f.bids, f.asks, f.epoch);
      case SnapshotFailed f -> new SnapshotFailed(at, f.symbol, f.epoch, f.reason, f.raw);
      case TradePrint f ->
          new TradePrint(
              at,
              f.symbol,
              f.aggregated,
              f.tradeId,
              f.price,
              f.quantity,
              f.aggressor,
              f.exchangeTime);
      case TopOfBook f ->
          new TopOfBook(
              at, f.symbol, f.updateId, f.bidPrice, f.bidQuantity, f.askPrice, f.askQuantity);
      case Kline f ->
          new Kline(
              at,
              f.symbol,
              f.interval,
              f.openTime,
              f.closeTime,
              f.open,
              f.high,
              f.low,
              f.close,
              f.volume,
              f.trades,
              f.closed);
      case CandlesFetched f -> new CandlesFetched(at, f.symbol, f.from, f.to, f.bars, f.malformed);
      case CandlesFailed f -> new CandlesFailed(at, f.symbol, f.from, f.to, f.reason);
      case Bundle f ->
          new Bundle(
              at,
              f.connectionSequence,
              f.parts.stream().map(part -> part.restamped(receivedAt)).toList());
      case OtherFrame _ -> new OtherFrame(at);
      case MalformedFrame f -> new MalformedFrame(at, f.bookOf, f.depth, f.reason, f.raw);
    };
  }

  /** The socket is open and subscribed; of a recording: its first frame is about to come. */
  record SocketOpened(Arrival arrival, String endpoint) implements VenueInput {}

  /** The socket is gone; {@code reason} is never empty. */
  record SocketClosed(Arrival arrival, String reason) implements VenueInput {}

  /**
   * The venue trades these symbols by these rules; replaces earlier rules of the same symbols.
   *
   * @param stated whether the venue says so; else the steps are inferred from a recording, and a
   *     finer one proves nothing wrong
   */
  record InstrumentsListed(Arrival arrival, List<InstrumentRules> instruments, boolean stated)
      implements VenueInput {
    public InstrumentsListed(Arrival arrival, List<InstrumentRules> instruments) {
      this(arrival, instruments, true);
    }
  }

  /** A change of a book; quantities are absolute, 0 removes the level. */
  record DepthDiff(
      Arrival arrival,
      Symbol symbol,
      Integrity integrity,
      Instant exchangeTime,
      PriceLevels bids,
      PriceLevels asks)
      implements VenueInput {}

  /**
   * A whole book.
   *
   * @param epoch the epoch of the request that it answers, {@link #INLINE} where the stream or a
   *     recording brings it unasked
   */
  record DepthSnapshot(
      Arrival arrival,
      Symbol symbol,
      Integrity integrity,
      @Nullable Instant exchangeTime,
      PriceLevels bids,
      PriceLevels asks,
      long epoch)
      implements VenueInput {
    public static final long INLINE = -1;
  }

  /**
   * A snapshot that was asked for could not be had.
   *
   * @param raw the answer, if one came and does not parse; else null
   */
  record SnapshotFailed(
      Arrival arrival, Symbol symbol, long epoch, String reason, @Nullable RawText raw)
      implements VenueInput {
    public SnapshotFailed(Arrival arrival, Symbol symbol, long epoch, String reason) {
      this(arrival, symbol, epoch, reason, null);
    }
  }

  /**
   * A trade, or several at one price of one taker ({@code aggregated}).
   *
   * @param tradeId {@link #NO_ID} where the wire has none
   * @param aggressor the taker's side
   */
  record TradePrint(
      Arrival arrival,
      Symbol symbol,
      boolean aggregated,
      long tradeId,
      WireDecimal price,
      WireDecimal quantity,
      Side aggressor,
      Instant exchangeTime)
      implements VenueInput {
    public static final long NO_ID = -1;
  }

  /** The venue's own best bid and ask at update {@code updateId}: a check on our book. */
  record TopOfBook(
      Arrival arrival,
      Symbol symbol,
      long updateId,
      WireDecimal bidPrice,
      WireDecimal bidQuantity,
      WireDecimal askPrice,
      WireDecimal askQuantity)
      implements VenueInput {}

  /** A candle as it stands; final only when {@code closed}. */
  record Kline(
      Arrival arrival,
      Symbol symbol,
      String interval,
      Instant openTime,
      Instant closeTime,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume,
      long trades,
      boolean closed)
      implements VenueInput {
    /** What it says of its interval. */
    public Bar bar() {
      return new Bar(openTime, open, high, low, close, volume, null, trades);
    }
  }

  /**
   * Past one-minute candles that were asked for.
   *
   * @param from where the answer begins: what was asked for, or later where the venue has forgotten
   *     what was before
   * @param to where it ends: what was asked for, or earlier where one call does not give more
   * @param bars final ones that open in {@code [from, to)}, oldest first; a minute without one had
   *     no trade, as far as the venue says
   * @param malformed what was wrong with each row that did not parse
   */
  record CandlesFetched(
      Arrival arrival,
      Symbol symbol,
      Instant from,
      Instant to,
      List<Bar> bars,
      List<String> malformed)
      implements VenueInput {}

  /** Past candles that were asked for could not be had. */
  record CandlesFailed(Arrival arrival, Symbol symbol, Instant from, Instant to, String reason)
      implements VenueInput {}

  /**
   * A frame that holds several inputs, or whose number counts frames of its connection.
   *
   * @param connectionSequence the frame's number on its connection, over all channels; null where
   *     the wire has none
   * @param parts in the frame's order, each with the frame's arrival; never bundles themselves
   */
  record Bundle(Arrival arrival, @Nullable Long connectionSequence, List<VenueInput> parts)
      implements VenueInput {}

  /** A well-formed frame that carries no market data: a subscription's reply, an unused stream. */
  record OtherFrame(Arrival arrival) implements VenueInput {}

  /**
   * A frame that does not parse.
   *
   * @param bookOf the symbol whose depth message it was, null if it cannot be told or was none
   * @param depth whether it was a depth message, or may have been one
   * @param reason what is wrong and at which byte, never empty
   * @param raw the frame itself
   */
  record MalformedFrame(
      Arrival arrival, @Nullable Symbol bookOf, boolean depth, String reason, RawText raw)
      implements VenueInput {
    /** Of a depth message, or of something that nobody can tell. */
    public MalformedFrame(Arrival arrival, @Nullable Symbol bookOf, String reason, RawText raw) {
      this(arrival, bookOf, true, reason, raw);
    }

    /** The same, its text unknown. */
    public MalformedFrame(Arrival arrival, @Nullable Symbol bookOf, String reason) {
      this(arrival, bookOf, true, reason, RawText.NONE);
    }

    /** Of what was certainly no depth message: no book misses it. */
    public static MalformedFrame beside(Arrival arrival, String reason, RawText raw) {
      return new MalformedFrame(arrival, null, false, reason, raw);
    }
  }
}
