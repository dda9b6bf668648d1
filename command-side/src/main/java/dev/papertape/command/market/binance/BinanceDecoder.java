package dev.papertape.command.market.binance;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.SymbolNames;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Binance's frames, spot and futures: bare, in the combined stream's wrapper, and REST
 * snapshots. Whatever does not parse becomes a {@link MalformedFrame}; nothing is ever thrown.
 * Reads bytes directly and is reused from frame to frame, so it belongs to one thread.
 */
public final class BinanceDecoder implements FrameDecoder {
  private static final byte[] DEPTH_UPDATE = quoted("depthUpdate");
  private static final byte[] TRADE = quoted("trade");
  private static final byte[] AGG_TRADE = quoted("aggTrade");
  private static final byte[] BOOK_TICKER = quoted("bookTicker");
  private static final byte[] KLINE = quoted("kline");
  private static final byte[] NOT_A_MARKET_TRADE = quoted("NA");

  private static final Pattern DEPTH_URL = Pattern.compile("/depth\\?(?:.*&)?symbol=([A-Z0-9_]+)");

  private final SymbolNames symbols;
  private final FrameFields fields = new FrameFields();
  private final FrameFields candle = new FrameFields();
  private @Nullable Symbol inlineSnapshotsOf;

  public BinanceDecoder(SymbolNames symbols) {
    this.symbols = symbols;
  }

  @Override
  public void inlineSnapshotsOf(Symbol symbol) {
    inlineSnapshotsOf = symbol;
  }

  @Override
  public VenueInput decode(Arrival arrival, byte[] frame, int from, int to) {
    try {
      fields.scan(frame, from, to);
      return decoded(arrival);
    } catch (BadFrame bad) {
      return new MalformedFrame(
          arrival, depthSymbol(), String.valueOf(bad.getMessage()), RawText.of(frame, from, to));
    }
  }

  /** A depth snapshot, when that is what was asked for. */
  @Override
  public VenueInput decodeFetched(Arrival arrival, String url, byte[] body, int from, int to) {
    Matcher depth = DEPTH_URL.matcher(url);
    if (!depth.find()) {
      return new OtherFrame(arrival);
    }
    try {
      fields.scan(body, from, to);
      return snapshot(arrival, symbol(depth.group(1)), DepthSnapshot.INLINE);
    } catch (BadFrame bad) {
      return new MalformedFrame(
          arrival, null, String.valueOf(bad.getMessage()), RawText.of(body, from, to));
    }
  }

  /** Decodes the body of a REST snapshot that was asked for. */
  public VenueInput decodeSnapshot(Arrival arrival, Symbol symbol, long epoch, byte[] body) {
    try {
      fields.scan(body, 0, body.length);
      return snapshot(arrival, symbol, epoch);
    } catch (BadFrame bad) {
      return new VenueInput.SnapshotFailed(
          arrival,
          symbol,
          epoch,
          "malformed: " + bad.getMessage(),
          RawText.of(body, 0, body.length));
    }
  }

  private VenueInput decoded(Arrival arrival) {
    if (fields.textEquals('e', DEPTH_UPDATE)) {
      return depthDiff(arrival);
    }
    if (fields.textEquals('e', TRADE)) {
      // Futures print insurance fund and liquidation transfers as trades without a price.
      return fields.textEquals('X', NOT_A_MARKET_TRADE)
          ? new OtherFrame(arrival)
          : trade(arrival, false, 't');
    }
    if (fields.textEquals('e', AGG_TRADE)) {
      return trade(arrival, true, 'a');
    }
    if (fields.textEquals('e', BOOK_TICKER) || isSpotBookTicker()) {
      return topOfBook(arrival);
    }
    if (fields.textEquals('e', KLINE)) {
      return kline(arrival);
    }
    // In the wrapper it is a partial book stream, which has no place in the diff chain.
    if (fields.has(FrameFields.LAST_UPDATE_ID) && !fields.has(FrameFields.STREAM)) {
      return inlineSnapshot(arrival);
    }
    return new OtherFrame(arrival);
  }

  private boolean isSpotBookTicker() {
    return !fields.has('e') && fields.has('u') && fields.has('B') && fields.has('A');
  }

  private VenueInput depthDiff(Arrival arrival) {
    if (!fields.hasLevels()) {
      throw new BadFrame("b or a is missing", 0);
    }
    long first = fields.number('U');
    long last = fields.number('u');
    if (first > last || first < 0) {
      throw new BadFrame("U is greater than u", 0);
    }
    return new DepthDiff(
        arrival,
        symbol(fields.text('s')),
        new UpdateIds(
            first,
            last,
            fields.has(FrameFields.PREVIOUS_UPDATE_ID)
                ? fields.number(FrameFields.PREVIOUS_UPDATE_ID)
                : UpdateIds.NO_PREVIOUS),
        time('E'),
        fields.bids(),
        fields.asks());
  }

  private VenueInput inlineSnapshot(Arrival arrival) {
    Symbol symbol =
        fields.has(FrameFields.SYMBOL)
            ? symbol(fields.text(FrameFields.SYMBOL))
            : inlineSnapshotsOf;
    if (symbol == null) {
      throw new BadFrame("a snapshot that does not say of which symbol", 0);
    }
    return snapshot(arrival, symbol, DepthSnapshot.INLINE);
  }

  private VenueInput snapshot(Arrival arrival, Symbol symbol, long epoch) {
    if (!fields.hasLevels()) {
      throw new BadFrame("bids or asks is missing", 0);
    }
    return new DepthSnapshot(
        arrival,
        symbol,
        UpdateIds.ofSnapshot(fields.number(FrameFields.LAST_UPDATE_ID)),
        fields.has('E') ? time('E') : null,
        fields.bids(),
        fields.asks(),
        epoch);
  }

  private VenueInput trade(Arrival arrival, boolean aggregated, char idKey) {
    var price = fields.decimal('p');
    var quantity = fields.decimal('q');
    if (price.mantissa() == 0 || quantity.mantissa() == 0) {
      throw new BadFrame("a trade of nothing", 0);
    }
    return new TradePrint(
        arrival,
        symbol(fields.text('s')),
        aggregated,
        fields.number(idKey),
        price,
        quantity,
        fields.flag('m') ? Side.SELL : Side.BUY, // m: the buyer was the maker
        time('T'));
  }

  private VenueInput topOfBook(Arrival arrival) {
    return new TopOfBook(
        arrival,
        symbol(fields.text('s')),
        fields.number('u'),
        fields.decimal('b'),
        fields.decimal('B'),
        fields.decimal('a'),
        fields.decimal('A'));
  }

  private VenueInput kline(Arrival arrival) {
    fields.scanInto('k', candle);
    return new Kline(
        arrival,
        symbol(fields.text('s')),
        candle.text('i'),
        Instant.ofEpochMilli(candle.number('t')),
        Instant.ofEpochMilli(candle.number('T')),
        candle.bigDecimal('o'),
        candle.bigDecimal('h'),
        candle.bigDecimal('l'),
        candle.bigDecimal('c'),
        candle.bigDecimal('v'),
        candle.number('n'),
        candle.flag('x'));
  }

  private Instant time(int key) {
    return Instant.ofEpochMilli(fields.number(key));
  }

  private Symbol symbol(String wire) {
    Symbol symbol = symbols.symbol(wire);
    if (symbol == null) {
      throw new BadFrame("unknown symbol " + wire, 0);
    }
    return symbol;
  }

  /** Of a frame that broke: the symbol of its depth stream, as far as it was read. */
  private @Nullable Symbol depthSymbol() {
    try {
      if (fields.has(FrameFields.STREAM)) {
        String stream = fields.text(FrameFields.STREAM);
        int at = stream.indexOf("@depth");
        return at < 0 ? null : symbols.symbol(stream.substring(0, at).toUpperCase(Locale.ROOT));
      }
      return fields.textEquals('e', DEPTH_UPDATE) && fields.has('s')
          ? symbols.symbol(fields.text('s'))
          : null;
    } catch (BadFrame unreadable) {
      return null;
    }
  }

  private static byte[] quoted(String text) {
    return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
  }
}
