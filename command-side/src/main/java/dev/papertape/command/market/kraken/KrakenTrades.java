package dev.papertape.command.market.kraken;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.LevelsReader;
import dev.papertape.command.market.wire.ObjectFields;
import dev.papertape.command.market.wire.WireTime;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Reads single trades and candles of Kraken's v2 at the cursor. */
final class KrakenTrades {
  private static final int SYMBOL = 0;
  private static final int SIDE = 1;
  private static final int PRICE = 2;
  private static final int QUANTITY = 3;
  private static final int TRADE_ID = 4;
  private static final int TIMESTAMP = 5;

  private static final int OPEN = 1;
  private static final int HIGH = 2;
  private static final int LOW = 3;
  private static final int CLOSE = 4;
  private static final int VOLUME = 5;
  private static final int TRADES = 6;
  private static final int BEGIN = 7;
  private static final int INTERVAL = 8;

  /** More than Kraken offers, and few enough for every date. */
  private static final long MOST_MINUTES = 999_999;

  private static final byte[] BUY = "buy".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SELL = "sell".getBytes(StandardCharsets.US_ASCII);

  private final JsonCursor cursor;
  private final Function<String, Symbol> symbols;
  private final LevelsReader numbers = LevelsReader.ofNumbers();
  private final ObjectFields trade =
      new ObjectFields("symbol", "side", "price", "qty", "trade_id", "timestamp");
  private final ObjectFields candle =
      new ObjectFields(
          "symbol",
          "open",
          "high",
          "low",
          "close",
          "volume",
          "trades",
          "interval_begin",
          "interval");

  /**
   * @param symbols throws {@link BadFrame} for a name that means nothing
   */
  KrakenTrades(JsonCursor cursor, Function<String, Symbol> symbols) {
    this.cursor = cursor;
    this.symbols = symbols;
  }

  TradePrint trade(Arrival arrival) {
    trade.scan(cursor);
    var price = trade.decimal(PRICE, numbers);
    var quantity = trade.decimal(QUANTITY, numbers);
    if (price.mantissa() == 0 || quantity.mantissa() == 0) {
      throw new BadFrame("a trade of nothing", cursor.position());
    }
    if (!trade.is(SIDE, BUY) && !trade.is(SIDE, SELL)) {
      throw new BadFrame("a side that is neither buy nor sell", cursor.position());
    }
    return new TradePrint(
        arrival,
        symbols.apply(trade.text(SYMBOL)),
        false,
        trade.number(TRADE_ID),
        price,
        quantity,
        trade.is(SIDE, BUY) ? Side.BUY : Side.SELL, // The wire names the taker's side.
        WireTime.iso(cursor, trade.start(TIMESTAMP)));
  }

  /** Never closed: the wire does not say that a candle is final, only the next one's start does. */
  Kline candle(Arrival arrival) {
    candle.scan(cursor);
    long minutes = candle.number(INTERVAL);
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw new BadFrame("an interval of " + minutes + " minutes", cursor.position());
    }
    Instant open = WireTime.iso(cursor, candle.start(BEGIN));
    return new Kline(
        arrival,
        symbols.apply(candle.text(SYMBOL)),
        minutes + "m",
        open,
        open.plus(Duration.ofMinutes(minutes)).minusMillis(1),
        decimal(OPEN),
        decimal(HIGH),
        decimal(LOW),
        decimal(CLOSE),
        decimal(VOLUME),
        candle.number(TRADES),
        false);
  }

  private BigDecimal decimal(int key) {
    return candle.decimal(key, numbers).toBigDecimal();
  }
}
