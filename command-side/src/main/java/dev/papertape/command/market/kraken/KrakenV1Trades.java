package dev.papertape.command.market.kraken;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.LevelsReader;
import dev.papertape.command.market.wire.WireTime;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Trades of Kraken's v1: {@code [["price","volume","seconds","b|s","m|l",""], …]}, without ids. */
final class KrakenV1Trades {
  private KrakenV1Trades() {}

  static VenueInput read(Arrival arrival, Symbol symbol, JsonCursor cursor, int at) {
    LevelsReader decimals = LevelsReader.ofStrings();
    List<VenueInput> trades = new ArrayList<>();
    cursor.seek(at);
    cursor.expect('[');
    do {
      trades.add(trade(arrival, symbol, cursor, decimals));
    } while (cursor.take(','));
    cursor.expect(']');
    return trades.size() == 1 ? trades.getFirst() : new Bundle(arrival, null, List.copyOf(trades));
  }

  private static TradePrint trade(
      Arrival arrival, Symbol symbol, JsonCursor cursor, LevelsReader decimals) {
    cursor.expect('[');
    var price = decimals.single(cursor);
    cursor.expect(',');
    var volume = decimals.single(cursor);
    cursor.expect(',');
    if (price.mantissa() == 0 || volume.mantissa() == 0) {
      throw cursor.bad("a trade of nothing");
    }
    cursor.peek();
    int timeAt = cursor.position() + 1;
    cursor.skipString();
    Instant at = WireTime.seconds(cursor.bytes(), timeAt, cursor.position() - 1);
    cursor.expect(',');
    Side aggressor = side(cursor);
    while (cursor.take(',')) {
      cursor.skipValue();
    }
    cursor.expect(']');
    return new TradePrint(arrival, symbol, false, TradePrint.NO_ID, price, volume, aggressor, at);
  }

  private static Side side(JsonCursor cursor) {
    cursor.peek();
    int from = cursor.position() + 1;
    cursor.skipString();
    if (cursor.position() - 1 - from == 1) {
      byte side = cursor.bytes()[from];
      if (side == 'b' || side == 's') {
        return side == 'b' ? Side.BUY : Side.SELL;
      }
    }
    throw new BadFrame("a side that is neither b nor s", from);
  }
}
