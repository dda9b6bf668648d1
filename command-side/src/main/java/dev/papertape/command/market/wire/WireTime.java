package dev.papertape.command.market.wire;

import java.time.Instant;
import java.time.LocalDate;

/** Times as wires write them, read without a formatter: it would cost more than the frame. */
public final class WireTime {
  private static final int SECONDS_FIELD = 17;
  private static final int SECONDS_A_DAY = 86_400;

  private WireTime() {}

  /**
   * A UTC time such as {@code 2026-08-09T21:06:12.838682561Z}, quoted, at {@code at}. Throws {@link
   * BadFrame} for anything else.
   */
  public static Instant iso(JsonCursor cursor, int at) {
    byte[] text = cursor.bytes();
    int from = at + 1;
    int end = from + SECONDS_FIELD + 2;
    try {
      long day =
          LocalDate.of(digits(text, from, 4), digits(text, from + 5, 2), digits(text, from + 8, 2))
              .toEpochDay();
      int second =
          3600 * digits(text, from + 11, 2)
              + 60 * digits(text, from + 14, 2)
              + digits(text, from + SECONDS_FIELD, 2);
      int nanos = 0;
      if (text[end] == '.') {
        int unit = 100_000_000;
        for (end++; text[end] >= '0' && text[end] <= '9'; end++) {
          nanos += unit * (text[end] - '0');
          unit /= 10;
        }
      }
      if (text[end] == 'Z' && second < SECONDS_A_DAY) {
        return Instant.ofEpochSecond(day * SECONDS_A_DAY + second, nanos);
      }
    } catch (java.time.DateTimeException | ArrayIndexOutOfBoundsException notATime) {
      throw new BadFrame("not a UTC time", at);
    }
    throw new BadFrame("not a UTC time", at);
  }

  /** Seconds with a fraction, such as {@code 1618678133.365913}, in {@code [from, to)}. */
  public static Instant seconds(byte[] text, int from, int to) {
    long seconds = 0;
    int at = from;
    for (; at < to && text[at] != '.'; at++) {
      seconds = 10 * seconds + digit(text, at);
    }
    if (at == from || at - from > 11) {
      throw new BadFrame("not a time in seconds", from);
    }
    int nanos = 0;
    int unit = 100_000_000;
    for (at++; at < to; at++) {
      nanos += unit * digit(text, at);
      unit /= 10;
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static int digits(byte[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = 10 * value + digit(text, i);
    }
    return value;
  }

  private static int digit(byte[] text, int at) {
    int digit = text[at] - '0';
    if (digit < 0 || digit > 9) {
      throw new BadFrame("expected a digit", at);
    }
    return digit;
  }
}
