package dev.papertape.command.market.coinbase;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.wire.Acknowledgements;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decodes Coinbase Advanced Trade's frames. Each frame with a {@code sequence_num}, market data or
 * not, becomes a {@link Bundle} with that number, because the number counts them all.
 */
public final class CoinbaseDecoder implements FrameDecoder {
  private static final int CHANNEL = 0;
  private static final int TIMESTAMP = 1;
  private static final int SEQUENCE = 2;
  private static final int EVENTS = 3;
  private static final int TYPE_OF_FRAME = 4;

  private static final int TYPE = 0;
  private static final int PRODUCT = 1;
  private static final int UPDATES = 2;
  private static final int TRADES = 3;

  private static final int SIDE = 0;
  private static final int PRICE = 1;
  private static final int QUANTITY = 2;

  private static final int TRADE_PRODUCT = 0;
  private static final int TRADE_ID = 1;
  private static final int TRADE_PRICE = 2;
  private static final int TRADE_SIZE = 3;
  private static final int TRADE_TIME = 4;
  private static final int TRADE_SIDE = 5;

  private static final byte[] L2_DATA = ascii("l2_data");
  private static final byte[] MARKET_TRADES = ascii("market_trades");
  private static final byte[] SUBSCRIPTIONS = ascii("subscriptions");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] SNAPSHOT = ascii("snapshot");
  private static final byte[] UPDATE = ascii("update");
  private static final byte[] BID = ascii("bid");
  private static final byte[] OFFER = ascii("offer");
  private static final byte[] BUY = ascii("BUY");
  private static final byte[] SELL = ascii("SELL");

  private static final Integrity IN_CONNECTION = new Integrity.InConnection();

  private final SymbolNames symbols;
  private final Acknowledgements acknowledgements;
  private long answered;
  private final JsonCursor cursor = new JsonCursor();
  private final ObjectFields frame =
      new ObjectFields("channel", "timestamp", "sequence_num", "events", "type");
  private final ObjectFields event = new ObjectFields("type", "product_id", "updates", "trades");
  private final ObjectFields level = new ObjectFields("side", "price_level", "new_quantity");
  private final ObjectFields trade =
      new ObjectFields("product_id", "trade_id", "price", "size", "time", "side");
  private final LevelsReader bids = LevelsReader.ofStrings();
  private final LevelsReader offers = LevelsReader.ofStrings();

  public CoinbaseDecoder(SymbolNames symbols) {
    this(symbols, Acknowledgements.NONE);
  }

  /** Each request is answered by one {@code subscriptions} or error frame, in order. */
  public CoinbaseDecoder(SymbolNames symbols, Acknowledgements acknowledgements) {
    this.symbols = symbols;
    this.acknowledgements = acknowledgements;
  }

  @Override
  public VenueInput decode(Arrival arrival, byte[] text, int from, int to) {
    try {
      cursor.reset(text, from, to);
      frame.scan(cursor);
      cursor.expectEnd();
      if (!frame.has(SEQUENCE)) {
        if (frame.is(CHANNEL, L2_DATA)) {
          throw new BadFrame("a depth message without a sequence_num", 0);
        }
        if (frame.is(TYPE_OF_FRAME, ERROR)) {
          acknowledgements.acknowledged(++answered, null);
        }
        return new OtherFrame(arrival); // An error message; nothing counts it.
      }
      if (frame.is(CHANNEL, SUBSCRIPTIONS)) {
        acknowledgements.acknowledged(++answered, null);
      }
      return new Bundle(arrival, frame.number(SEQUENCE), parts(arrival));
    } catch (BadFrame bad) {
      // Its number is lost with it, so the next frame's will show the gap.
      return new MalformedFrame(
          arrival, null, String.valueOf(bad.getMessage()), RawText.of(text, from, to));
    }
  }

  private List<VenueInput> parts(Arrival arrival) {
    boolean depth = frame.is(CHANNEL, L2_DATA);
    if (!depth && !frame.is(CHANNEL, MARKET_TRADES)) {
      return List.of();
    }
    List<VenueInput> parts = new ArrayList<>(1);
    cursor.seek(frame.start(EVENTS));
    cursor.expect('[');
    if (cursor.take(']')) {
      return List.of();
    }
    do {
      event.scan(cursor);
      int back = cursor.position();
      if (depth) {
        parts.add(depth(arrival));
      } else if (event.is(TYPE, UPDATE)) {
        // The snapshot's trades were made before the subscription.
        trades(arrival, parts);
      }
      cursor.seek(back);
    } while (cursor.take(','));
    cursor.expect(']');
    return List.copyOf(parts);
  }

  private VenueInput depth(Arrival arrival) {
    Symbol symbol = symbol(event.text(PRODUCT));
    levels();
    Instant at = WireTime.iso(cursor, frame.start(TIMESTAMP));
    if (event.is(TYPE, SNAPSHOT)) {
      return new DepthSnapshot(
          arrival, symbol, IN_CONNECTION, at, bids.levels(), offers.levels(), DepthSnapshot.INLINE);
    }
    if (!event.is(TYPE, UPDATE)) {
      throw new BadFrame("neither snapshot nor update", event.start(TYPE));
    }
    return new DepthDiff(arrival, symbol, IN_CONNECTION, at, bids.levels(), offers.levels());
  }

  private void levels() {
    bids.clear();
    offers.clear();
    cursor.seek(event.start(UPDATES));
    cursor.expect('[');
    if (cursor.take(']')) {
      return;
    }
    do {
      level.scan(cursor);
      if (level.is(SIDE, BID)) {
        bids.level(cursor, level.start(PRICE), level.start(QUANTITY));
      } else if (level.is(SIDE, OFFER)) {
        offers.level(cursor, level.start(PRICE), level.start(QUANTITY));
      } else {
        throw new BadFrame("a side that is neither bid nor offer", cursor.position());
      }
    } while (cursor.take(','));
    cursor.expect(']');
  }

  /** Newest first on the wire, oldest first here. */
  private void trades(Arrival arrival, List<VenueInput> parts) {
    cursor.seek(event.start(TRADES));
    cursor.expect('[');
    if (cursor.take(']')) {
      return;
    }
    List<VenueInput> printed = new ArrayList<>();
    do {
      trade.scan(cursor);
      printed.add(trade(arrival));
    } while (cursor.take(','));
    cursor.expect(']');
    Collections.reverse(printed);
    parts.addAll(printed);
  }

  private TradePrint trade(Arrival arrival) {
    var price = trade.decimal(TRADE_PRICE, bids);
    var size = trade.decimal(TRADE_SIZE, bids);
    if (price.mantissa() == 0 || size.mantissa() == 0) {
      throw new BadFrame("a trade of nothing", cursor.position());
    }
    return new TradePrint(
        arrival,
        symbol(trade.text(TRADE_PRODUCT)),
        false,
        trade.number(TRADE_ID),
        price,
        size,
        aggressor(),
        WireTime.iso(cursor, trade.start(TRADE_TIME)));
  }

  /** The wire names the maker's side: 73 of 78 trades of the 2026 capture print at its touch. */
  private Side aggressor() {
    if (trade.is(TRADE_SIDE, BUY)) {
      return Side.SELL;
    }
    if (trade.is(TRADE_SIDE, SELL)) {
      return Side.BUY;
    }
    throw new BadFrame("a side that is neither BUY nor SELL", cursor.position());
  }

  private Symbol symbol(String wire) {
    Symbol symbol = symbols.symbol(wire);
    if (symbol == null) {
      throw new BadFrame("unknown product " + wire, 0);
    }
    return symbol;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
