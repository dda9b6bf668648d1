package dev.papertape.command.market.kraken;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.wire.Acknowledgements;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.LevelsReader;
import dev.papertape.command.market.wire.ObjectFields;
import dev.papertape.command.market.wire.SymbolNames;
import dev.papertape.command.market.wire.WireTime;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.market.Symbol;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes Kraken's v2 frames: book, trade, ohlc. Decimals are JSON numbers, and their digits as
 * sent, trailing zeros included, are what the checksum is made of; so they are never read as
 * numbers.
 */
public final class KrakenDecoder implements FrameDecoder {
  private static final int CHANNEL = 0;
  private static final int TYPE = 1;
  private static final int DATA = 2;
  private static final int METHOD = 3;
  private static final int RESULT = 4;
  private static final int SUCCESS = 5;
  private static final int REQUEST = 6;
  private static final int REFUSED_SYMBOL = 7;

  private static final int SYMBOL = 0;
  private static final int BIDS = 1;
  private static final int ASKS = 2;
  private static final int CHECKSUM = 3;
  private static final int TIMESTAMP = 4;

  private static final int RESULT_CHANNEL = 0;
  private static final int RESULT_SYMBOL = 1;
  private static final int RESULT_DEPTH = 2;

  private static final int PRICE = 0;
  private static final int QUANTITY = 1;

  private static final byte[] BOOK = ascii("book");
  private static final byte[] TRADE = ascii("trade");
  private static final byte[] OHLC = ascii("ohlc");
  private static final byte[] SNAPSHOT = ascii("snapshot");
  private static final byte[] UPDATE = ascii("update");
  private static final byte[] SUBSCRIBE = ascii("subscribe");
  private static final byte[] UNSUBSCRIBE = ascii("unsubscribe");

  private static final Pattern NAMED_SYMBOL =
      Pattern.compile("\"symbol\"\\s*:\\s*\"([^\"]{3,40})\"");

  private final SymbolNames symbols;
  private final Acknowledgements acknowledgements;
  private final SubscribedDepths depths = new SubscribedDepths();
  private final JsonCursor cursor = new JsonCursor();
  private final ObjectFields frame =
      new ObjectFields(
          "channel", "type", "data", "method", "result", "success", "req_id", "symbol");
  private final ObjectFields book =
      new ObjectFields("symbol", "bids", "asks", "checksum", "timestamp");
  private final ObjectFields result = new ObjectFields("channel", "symbol", "depth");
  private final ObjectFields level = new ObjectFields("price", "qty");
  private final LevelsReader bids = LevelsReader.ofNumbers();
  private final LevelsReader asks = LevelsReader.ofNumbers();
  private final KrakenTrades trades;

  public KrakenDecoder(SymbolNames symbols) {
    this(symbols, Acknowledgements.NONE);
  }

  /** Each symbol of a request to end a subscription is answered with its {@code req_id}. */
  public KrakenDecoder(SymbolNames symbols, Acknowledgements acknowledgements) {
    this.symbols = symbols;
    this.acknowledgements = acknowledgements;
    this.trades = new KrakenTrades(cursor, this::symbol);
  }

  @Override
  public VenueInput decode(Arrival arrival, byte[] text, int from, int to) {
    boolean whole = false;
    try {
      cursor.reset(text, from, to);
      frame.scan(cursor);
      cursor.expectEnd();
      whole = true;
      return decoded(arrival);
    } catch (BadFrame bad) {
      String reason = String.valueOf(bad.getMessage());
      // What is no JSON as a whole may be anybody's message, or two in one.
      return whole
          ? malformed(arrival, text, from, to, reason)
          : new MalformedFrame(arrival, null, reason, RawText.of(text, from, to));
    }
  }

  private VenueInput decoded(Arrival arrival) {
    if (frame.is(METHOD, SUBSCRIBE)) {
      subscribed();
      return new OtherFrame(arrival);
    }
    if (frame.is(METHOD, UNSUBSCRIBE)) {
      ended();
      return new OtherFrame(arrival);
    }
    boolean update = frame.is(TYPE, UPDATE);
    if (frame.is(CHANNEL, BOOK)) {
      return all(arrival, () -> book(arrival, update));
    }
    if (frame.is(CHANNEL, TRADE) && update) {
      return all(arrival, () -> trades.trade(arrival));
    }
    return frame.is(CHANNEL, OHLC) && update
        ? all(arrival, () -> trades.candle(arrival))
        : new OtherFrame(arrival);
  }

  @FunctionalInterface
  private interface Element {
    VenueInput read();
  }

  /** Every element of {@code data}; alone it needs no bundle. */
  private VenueInput all(Arrival arrival, Element element) {
    cursor.seek(frame.start(DATA));
    cursor.expect('[');
    if (cursor.take(']')) {
      return new OtherFrame(arrival);
    }
    VenueInput first = element.read();
    if (cursor.take(']')) {
      return first;
    }
    List<VenueInput> parts = new ArrayList<>();
    parts.add(first);
    while (cursor.take(',')) {
      parts.add(element.read());
    }
    cursor.expect(']');
    return new Bundle(arrival, null, List.copyOf(parts));
  }

  private VenueInput book(Arrival arrival, boolean update) {
    if (!update && !frame.is(TYPE, SNAPSHOT)) {
      throw new BadFrame("neither snapshot nor update", frame.start(TYPE));
    }
    book.scan(cursor);
    int back = cursor.position();
    levels(book.start(BIDS), bids);
    levels(book.start(ASKS), asks);
    cursor.seek(back);
    Symbol symbol = symbol(book.text(SYMBOL));
    long checksum = book.number(CHECKSUM);
    Instant at = book.has(TIMESTAMP) ? WireTime.iso(cursor, book.start(TIMESTAMP)) : null;
    var bidLevels = bids.levels();
    var askLevels = asks.levels();
    if (!update) {
      depths.met(symbol, Math.max(bidLevels.size(), askLevels.size()));
      return new DepthSnapshot(
          arrival,
          symbol,
          new Integrity.Checksum(checksum, depths.of(symbol)),
          at,
          bidLevels,
          askLevels,
          DepthSnapshot.INLINE);
    }
    return new DepthDiff(
        arrival,
        symbol,
        new Integrity.Checksum(checksum, depths.of(symbol)),
        at == null ? arrival.receivedAt() : at,
        bidLevels,
        askLevels);
  }

  private void levels(int at, LevelsReader side) {
    side.clear();
    cursor.seek(at);
    cursor.expect('[');
    if (cursor.take(']')) {
      return;
    }
    do {
      level.scan(cursor);
      side.level(cursor, level.start(PRICE), level.start(QUANTITY));
    } while (cursor.take(','));
    cursor.expect(']');
  }

  /** The reply to a subscription tells its depth; one without tells the default. */
  private void subscribed() {
    if (!frame.isTrue(SUCCESS) || !frame.has(RESULT)) {
      return;
    }
    cursor.seek(frame.start(RESULT));
    result.scan(cursor);
    if (result.is(RESULT_CHANNEL, BOOK) && result.has(RESULT_SYMBOL)) {
      depths.subscribed(
          symbol(result.text(RESULT_SYMBOL)),
          result.has(RESULT_DEPTH)
              ? (int) Math.min(result.number(RESULT_DEPTH), SubscribedDepths.DEEPEST)
              : SubscribedDepths.DEFAULT);
    }
  }

  /** A refusal counts too: what is not subscribed to has ended. */
  private void ended() {
    if (!frame.has(REQUEST)) {
      return;
    }
    Symbol symbol = frame.has(REFUSED_SYMBOL) ? symbol(frame.text(REFUSED_SYMBOL)) : null;
    if (frame.has(RESULT)) {
      cursor.seek(frame.start(RESULT));
      result.scan(cursor);
      symbol = result.has(RESULT_SYMBOL) ? symbol(result.text(RESULT_SYMBOL)) : symbol;
    }
    acknowledgements.acknowledged(frame.number(REQUEST), symbol);
  }

  private Symbol symbol(String wire) {
    Symbol symbol = symbols.symbol(wire);
    if (symbol == null) {
      throw new BadFrame("unknown symbol " + wire, 0);
    }
    return symbol;
  }

  /** Of a book frame: every book that it names, for none of its parts was applied. */
  private VenueInput malformed(Arrival arrival, byte[] text, int from, int to, String reason) {
    RawText raw = RawText.of(text, from, to);
    if (!frame.is(CHANNEL, BOOK)) {
      return MalformedFrame.beside(arrival, reason, raw);
    }
    Set<Symbol> named = new TreeSet<>();
    Matcher names =
        NAMED_SYMBOL.matcher(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    while (names.find()) {
      Symbol symbol = symbols.symbol(names.group(1));
      if (symbol == null) {
        return new MalformedFrame(arrival, null, reason, raw);
      }
      named.add(symbol);
    }
    return switch (named.size()) {
      case 0 -> new MalformedFrame(arrival, null, reason, raw);
      case 1 -> new MalformedFrame(arrival, named.iterator().next(), reason, raw);
      default ->
          new Bundle(
              arrival,
              null,
              named.stream()
                  .<VenueInput>map(symbol -> new MalformedFrame(arrival, symbol, reason, raw))
                  .toList());
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
