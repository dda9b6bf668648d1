package dev.papertape.query.market;

import dev.papertape.eventstore.market.StoredCandle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored candles of BTC-USDT at BINANCE, told by the minute since {@link #MIDNIGHT}. */
record Candles(
    Instant openTime,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    @Nullable BigDecimal vwap,
    @Nullable Long trades,
    String state,
    List<String> reasons) {
  static final Instant MIDNIGHT = Instant.parse("2024-08-08T00:00:00Z");

  static Candles minute(int index) {
    BigDecimal hundred = new BigDecimal("100");
    return new Candles(
        MIDNIGHT.plusSeconds(60L * index),
        hundred,
        hundred,
        hundred,
        hundred,
        BigDecimal.ONE,
        hundred,
        1L,
        StoredCandle.ACCEPTED,
        List.of());
  }

  Candles prices(String open, String high, String low, String close) {
    return prices(
        new BigDecimal(open), new BigDecimal(high), new BigDecimal(low), new BigDecimal(close));
  }

  Candles prices(BigDecimal o, BigDecimal h, BigDecimal l, BigDecimal c) {
    return new Candles(openTime, o, h, l, c, volume, vwap, trades, state, reasons);
  }

  Candles volume(BigDecimal v, @Nullable BigDecimal mean, @Nullable Long count) {
    return new Candles(openTime, open, high, low, close, v, mean, count, state, reasons);
  }

  Candles flagged(List<String> why) {
    String flag = why.isEmpty() ? StoredCandle.ACCEPTED : StoredCandle.FLAGGED;
    return new Candles(openTime, open, high, low, close, volume, vwap, trades, flag, why);
  }

  Candles quarantined(String why) {
    return new Candles(
        openTime,
        open,
        high,
        low,
        close,
        volume,
        vwap,
        trades,
        StoredCandle.QUARANTINED,
        List.of(why));
  }

  StoredCandle stored() {
    return new StoredCandle(
        "BINANCE",
        "BTC-USDT",
        openTime,
        open,
        high,
        low,
        close,
        volume,
        vwap,
        trades,
        "STREAM",
        state,
        reasons,
        openTime.plusSeconds(61),
        0);
  }
}
