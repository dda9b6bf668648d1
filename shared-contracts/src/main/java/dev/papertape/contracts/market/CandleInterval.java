package dev.papertape.contracts.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/** Intervals that candles are kept or derived for; all lie on the grid of the UTC day. */
public enum CandleInterval {
  ONE_MINUTE("1m", Duration.ofMinutes(1)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  FIFTEEN_MINUTES("15m", Duration.ofMinutes(15)),
  ONE_HOUR("1h", Duration.ofHours(1)),
  ONE_DAY("1d", Duration.ofDays(1));

  private final String text;
  private final Duration length;

  CandleInterval(String text, Duration length) {
    this.text = text;
    this.length = length;
  }

  /** As written in requests and replies, for example {@code 5m}. */
  @JsonValue
  public String text() {
    return text;
  }

  public Duration length() {
    return length;
  }

  /** Start of the interval that holds {@code time}. */
  public Instant startOf(Instant time) {
    long millis = length.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
  }

  /**
   * @throws IllegalArgumentException naming the known ones
   */
  @JsonCreator
  public static CandleInterval of(String text) {
    for (CandleInterval interval : values()) {
      if (interval.text.equals(text)) {
        return interval;
      }
    }
    throw new IllegalArgumentException("interval is one of 1m, 5m, 15m, 1h, 1d, not " + text);
  }
}
