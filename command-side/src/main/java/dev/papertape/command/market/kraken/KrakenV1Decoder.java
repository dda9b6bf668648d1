package dev.papertape.command.market.kraken;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.LevelsReader;
import dev.papertape.command.market.wire.ObjectFields;
import dev.papertape.command.market.wire.SymbolNames;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.market.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Kraken's v1 frames, {@code [channelID, payload…, "channel-depth", "pair"]}; ids are only
 * used to tell whose frame it was that broke before its pair.
 */
public final class KrakenV1Decoder implements FrameDecoder {
  private static final int ASK_SNAPSHOT = 0;
  private static final int BID_SNAPSHOT = 1;
  private static final int ASKS = 2;
  private static final int BIDS = 3;
  private static final int CHECKSUM = 4;

  private static final String BOOK = "book-";
  private static final int MOST_PAYLOADS = 2;

  private final SymbolNames symbols;
  private final Map<Long, Symbol> bookChannels = new HashMap<>();
  private final JsonCursor cursor = new JsonCursor();
  private final ObjectFields payload = new ObjectFields("as", "bs", "a", "b", "c");
  private final LevelsReader bids = LevelsReader.ofStrings();
  private final LevelsReader asks = LevelsReader.ofStrings();
  private final int[] payloadsAt = new int[MOST_PAYLOADS];
  private long channelId;
  private boolean ending;
  private boolean beside;

  public KrakenV1Decoder(SymbolNames symbols) {
    this.symbols = symbols;
  }

  @Override
  public VenueInput decode(Arrival arrival, byte[] text, int from, int to) {
    channelId = -1;
    ending = false;
    beside = false;
    try {
      cursor.reset(text, from, to);
      if (cursor.peek() == '{') {
        cursor.skipValue();
        cursor.expectEnd();
        return new OtherFrame(arrival); // Heartbeat, status, the reply to a subscription.
      }
      return channelFrame(arrival);
    } catch (BadFrame bad) {
      String reason = String.valueOf(bad.getMessage());
      RawText raw = RawText.of(text, from, to);
      // What stands behind a whole frame may be another book's.
      return beside
          ? MalformedFrame.beside(arrival, reason, raw)
          : new MalformedFrame(arrival, ending ? null : bookChannels.get(channelId), reason, raw);
    }
  }

  private VenueInput channelFrame(Arrival arrival) {
    cursor.expect('[');
    channelId = cursor.wholeNumber();
    int payloads = 0;
    cursor.expect(',');
    while (cursor.peek() != '"') {
      if (payloads == MOST_PAYLOADS) {
        throw cursor.bad("more than " + MOST_PAYLOADS + " payloads");
      }
      payloadsAt[payloads++] = cursor.position();
      cursor.skipValue();
      cursor.expect(',');
    }
    String channel = string();
    cursor.expect(',');
    String pair = string();
    cursor.expect(']');
    ending = true;
    cursor.expectEnd();
    ending = false;
    if (channel.startsWith(BOOK)) {
      return book(arrival, depth(channel), symbol(pair), payloads);
    }
    beside = true;
    return channel.equals("trade") && payloads == 1
        ? KrakenV1Trades.read(arrival, symbol(pair), cursor, payloadsAt[0])
        : new OtherFrame(arrival);
  }

  /** A change may come in two payloads, asks then bids; the checksum stands in the last. */
  private VenueInput book(Arrival arrival, int depth, Symbol symbol, int payloads) {
    bookChannels.put(channelId, symbol);
    bids.clear();
    asks.clear();
    boolean snapshot = false;
    Long checksum = null;
    for (int i = 0; i < payloads; i++) {
      cursor.seek(payloadsAt[i]);
      payload.scan(cursor);
      snapshot |= payload.has(ASK_SNAPSHOT) || payload.has(BID_SNAPSHOT);
      read(ASK_SNAPSHOT, asks);
      read(BID_SNAPSHOT, bids);
      read(ASKS, asks);
      read(BIDS, bids);
      if (payload.has(CHECKSUM)) {
        checksum = payload.number(CHECKSUM);
      }
    }
    Integrity integrity = new Integrity.Checksum(checksum, depth);
    return snapshot
        ? new DepthSnapshot(
            arrival, symbol, integrity, null, bids.levels(), asks.levels(), DepthSnapshot.INLINE)
        : new DepthDiff(
            arrival, symbol, integrity, arrival.receivedAt(), bids.levels(), asks.levels());
  }

  private void read(int key, LevelsReader side) {
    if (payload.has(key)) {
      int back = cursor.position();
      cursor.seek(payload.start(key));
      side.read(cursor);
      cursor.seek(back);
    }
  }

  private static int depth(String channel) {
    try {
      return Math.clamp(
          Integer.parseInt(channel.substring(BOOK.length())), 1, SubscribedDepths.DEEPEST);
    } catch (NumberFormatException notADepth) {
      throw new BadFrame("a book of no depth: " + channel, 0);
    }
  }

  private String string() {
    cursor.peek();
    int from = cursor.position() + 1;
    cursor.skipString();
    return new String(cursor.bytes(), from, cursor.position() - 1 - from, StandardCharsets.UTF_8);
  }

  private Symbol symbol(String pair) {
    @Nullable Symbol symbol = symbols.symbol(pair);
    if (symbol == null) {
      throw new BadFrame("unknown pair " + pair, 0);
    }
    return symbol;
  }
}
