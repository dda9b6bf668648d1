package dev.papertape.command.market.candlefile;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time of a row, however it is written: seconds, milliseconds, microseconds or nanoseconds
 * since the epoch (told by their size), ISO-8601 with T or a space, {@code 2019-10-17 09-AM},
 * {@code 20180501 00:00}; without a zone it is UTC. Lean's milliseconds since midnight need the
 * day.
 */
final class RowTime {
  private static final int LONGEST_FAST = 18;
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' ']")
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .appendPattern("['UTC'][' UTC']")
          .toFormatter(Locale.ROOT);

  private static final List<DateTimeFormatter> DATE_TIMES =
      List.of(
          ISO,
          pattern("yyyy-MM-dd hh-a"),
          pattern("yyyy-MM-dd h:mm[:ss] a"),
          pattern("yyyyMMdd HH:mm[:ss]"),
          pattern("yyyy.MM.dd HH:mm[:ss]"),
          pattern("yyyy/MM/dd HH:mm[:ss]"));

  private static final List<DateTimeFormatter> DATES =
      List.of(DateTimeFormatter.ISO_LOCAL_DATE, pattern("yyyy.MM.dd"), pattern("yyyy/MM/dd"));

  private final @Nullable LocalDate day;
  private DateTimeFormatter usual = ISO;

  /**
   * @param day midnight of times that count from midnight; null where they count from the epoch
   */
  RowTime(@Nullable LocalDate day) {
    this.day = day;
  }

  private static DateTimeFormatter pattern(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ROOT);
  }

  /**
   * @throws NumberFormatException if no time is written there
   */
  Instant parse(String written) {
    String text = written.strip();
    Instant time = isNumber(text) ? fromNumber(text) : fromText(text);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new NumberFormatException("no time of a market: " + text);
    }
    return time;
  }

  static boolean isNumber(String text) {
    if (text.isEmpty() || text.length() > 30) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && ".eE+".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the number cannot be anything but milliseconds since midnight. */
  static boolean isOfDay(String text) {
    return isNumber(text) && new BigDecimal(text).compareTo(BigDecimal.valueOf(MILLIS_OF_DAY)) < 0;
  }

  private Instant fromNumber(String text) {
    LocalDate date = day;
    if (date != null) {
      BigDecimal number = number(text);
      if (number.compareTo(BigDecimal.valueOf(MILLIS_OF_DAY)) >= 0) {
        throw new NumberFormatException("beyond the day: " + text);
      }
      return date.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(number.longValue());
    }
    if (text.length() == 8 && (text.startsWith("19") || text.startsWith("20"))) {
      return fromText(text.substring(0, 4) + '-' + text.substring(4, 6) + '-' + text.substring(6));
    }
    if (text.length() <= LONGEST_FAST && text.chars().allMatch(Character::isDigit)) {
      return fromEpoch(Long.parseLong(text));
    }
    BigDecimal number = number(text);
    int digits = number.precision() - number.scale();
    int decimals = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
    BigDecimal nanos = number.movePointRight(9 - decimals);
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
  }

  /** Small enough to compute with, whatever its exponent says. */
  private static BigDecimal number(String text) {
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > LONGEST_FAST
        || number.precision() - number.scale() > LONGEST_FAST + 1) {
      throw new NumberFormatException("no time of a market: " + text);
    }
    return number;
  }

  private static Instant fromEpoch(long number) {
    if (number < 100_000_000_000L) {
      return Instant.ofEpochSecond(number);
    }
    if (number < 100_000_000_000_000L) {
      return Instant.ofEpochMilli(number);
    }
    return number < 100_000_000_000_000_000L
        ? Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1000)
        : Instant.ofEpochSecond(number / 1_000_000_000, number % 1_000_000_000);
  }

  private Instant fromText(String text) {
    try {
      return instant(usual.parse(text));
    } catch (DateTimeException _) {
      // Another shape than the rows before.
    }
    for (DateTimeFormatter format : DATE_TIMES) {
      try {
        Instant time = instant(format.parse(text));
        usual = format;
        return time;
      } catch (DateTimeException _) {
        // The next one may be it.
      }
    }
    for (DateTimeFormatter format : DATES) {
      try {
        return LocalDate.parse(text, format).atStartOfDay(ZoneOffset.UTC).toInstant();
      } catch (DateTimeException _) {
        // The next one may be it.
      }
    }
    throw new NumberFormatException("not a time: " + text);
  }

  private static Instant instant(TemporalAccessor parsed) {
    return parsed.isSupported(java.time.temporal.ChronoField.OFFSET_SECONDS)
        ? OffsetDateTime.from(parsed).toInstant()
        : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
  }
}
