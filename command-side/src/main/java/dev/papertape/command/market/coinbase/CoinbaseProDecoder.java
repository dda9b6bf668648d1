package dev.papertape.command.market.coinbase;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.LevelsReader;
import dev.papertape.command.market.wire.ObjectFields;
import dev.papertape.command.market.wire.SymbolNames;
import dev.papertape.command.market.wire.WireTime;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the {@code level2} and {@code matches} channels of Coinbase Pro, which ended in 2022. Its
 * level2 had no sequence, so its books are never proved.
 */
public final class CoinbaseProDecoder implements FrameDecoder {
  private static final int TYPE = 0;
  private static final int PRODUCT = 1;
  private static final int BIDS = 2;
  private static final int ASKS = 3;
  private static final int CHANGES = 4;
  private static final int TIME = 5;
  private static final int TRADE_ID = 6;
  private static final int PRICE = 7;
  private static final int SIZE = 8;
  private static final int SIDE = 9;

  private static final byte[] SNAPSHOT = ascii("snapshot");
  private static final byte[] UPDATE = ascii("l2update");
  private static final byte[] MATCH = ascii("match");
  private static final byte[] BUY = ascii("buy");
  private static final byte[] SELL = ascii("sell");
  private static final byte[] QUOTED_BUY = ascii("\"buy\"");
  private static final byte[] QUOTED_SELL = ascii("\"sell\"");

  private static final Integrity NOTHING =
      new Integrity.Nothing("Coinbase Pro's level2 has neither sequence nor checksum");

  private final SymbolNames symbols;
  private final JsonCursor cursor = new JsonCursor();
  private final ObjectFields frame =
      new ObjectFields(
          "type",
          "product_id",
          "bids",
          "asks",
          "changes",
          "time",
          "trade_id",
          "price",
          "size",
          "side");
  private final LevelsReader bids = LevelsReader.ofStrings();
  private final LevelsReader asks = LevelsReader.ofStrings();
  private boolean ending;

  public CoinbaseProDecoder(SymbolNames symbols) {
    this.symbols = symbols;
  }

  @Override
  public VenueInput decode(Arrival arrival, byte[] text, int from, int to) {
    ending = false;
    try {
      cursor.reset(text, from, to);
      frame.scan(cursor);
      ending = true;
      cursor.expectEnd();
      ending = false;
      if (frame.is(TYPE, UPDATE)) {
        return diff(arrival);
      }
      if (frame.is(TYPE, SNAPSHOT)) {
        return snapshot(arrival);
      }
      // last_match was made before the subscription.
      return frame.is(TYPE, MATCH) ? trade(arrival) : new OtherFrame(arrival);
    } catch (BadFrame bad) {
      String reason = String.valueOf(bad.getMessage());
      return malformed(arrival, reason, RawText.of(text, from, to));
    }
  }

  private VenueInput snapshot(Arrival arrival) {
    Symbol symbol = symbol();
    cursor.seek(frame.start(BIDS));
    bids.read(cursor);
    cursor.seek(frame.start(ASKS));
    asks.read(cursor);
    return new DepthSnapshot(
        arrival, symbol, NOTHING, null, bids.levels(), asks.levels(), DepthSnapshot.INLINE);
  }

  private VenueInput diff(Arrival arrival) {
    bids.clear();
    asks.clear();
    cursor.seek(frame.start(CHANGES));
    cursor.expect('[');
    do {
      change();
    } while (cursor.take(','));
    cursor.expect(']');
    return new DepthDiff(
        arrival,
        symbol(),
        NOTHING,
        WireTime.iso(cursor, frame.start(TIME)),
        bids.levels(),
        asks.levels());
  }

  /** {@code ["buy","price","quantity"]}. */
  private void change() {
    cursor.expect('[');
    cursor.peek();
    int sideAt = cursor.position();
    cursor.skipString();
    boolean buy = stands(QUOTED_BUY, sideAt);
    if (!buy && !stands(QUOTED_SELL, sideAt)) {
      throw cursor.bad("a side that is neither buy nor sell");
    }
    cursor.expect(',');
    int priceAt = cursor.position();
    cursor.skipString();
    cursor.expect(',');
    int quantityAt = cursor.position();
    cursor.skipString();
    cursor.expect(']');
    (buy ? bids : asks).level(cursor, priceAt, quantityAt);
  }

  private boolean stands(byte[] wanted, int at) {
    return java.util.Arrays.equals(cursor.bytes(), at, cursor.position(), wanted, 0, wanted.length);
  }

  private VenueInput trade(Arrival arrival) {
    var price = frame.decimal(PRICE, bids);
    var size = frame.decimal(SIZE, bids);
    if (price.mantissa() == 0 || size.mantissa() == 0) {
      throw new BadFrame("a trade of nothing", 0);
    }
    if (!frame.is(SIDE, BUY) && !frame.is(SIDE, SELL)) {
      throw new BadFrame("a side that is neither buy nor sell", 0);
    }
    return new TradePrint(
        arrival,
        symbol(),
        false,
        frame.number(TRADE_ID),
        price,
        size,
        frame.is(SIDE, BUY) ? Side.SELL : Side.BUY, // The wire names the maker's side.
        WireTime.iso(cursor, frame.start(TIME)));
  }

  private Symbol symbol() {
    String wire = frame.text(PRODUCT);
    Symbol symbol = symbols.symbol(wire);
    if (symbol == null) {
      throw new BadFrame("unknown product " + wire, 0);
    }
    return symbol;
  }

  /** As far as it was read; what stands behind a whole frame may be another book's. */
  private MalformedFrame malformed(Arrival arrival, String reason, RawText raw) {
    if (ending || !frame.has(TYPE)) {
      return new MalformedFrame(arrival, null, reason, raw);
    }
    return frame.is(TYPE, UPDATE) || frame.is(TYPE, SNAPSHOT)
        ? new MalformedFrame(arrival, depthSymbol(), reason, raw)
        : MalformedFrame.beside(arrival, reason, raw);
  }

  /** Of a depth frame that broke: its symbol, null if it does not name one. */
  private @Nullable Symbol depthSymbol() {
    try {
      return frame.has(PRODUCT) ? symbols.symbol(frame.text(PRODUCT)) : null;
    } catch (BadFrame unreadable) {
      return null;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
