package dev.papertape.query.report;

import dev.papertape.eventstore.web.PositionHeaders;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;

/** A report as RFC 4180 text: a header, CRLF, empty for what is unknown. */
public final class Csv {
  public static final String TYPE = "text/csv";

  private static final MediaType CSV = MediaType.valueOf("text/csv;charset=UTF-8");

  private Csv() {}

  private enum Format {
    JSON,
    CSV
  }

  /**
   * Whether {@code format} or, without one, {@code Accept} asks for it; a client has to name it
   * before JSON.
   */
  public static boolean isAsked(QueryReader query, @Nullable String accept) {
    Optional<Format> asked =
        query.parsed(
            "format",
            text -> Format.valueOf(text.toUpperCase(Locale.ROOT)),
            "UNKNOWN_VALUE",
            "must be one of json, csv");
    return asked.orElseGet(() -> accepted(accept)) == Format.CSV;
  }

  private static Format accepted(@Nullable String accept) {
    List<MediaType> types = MediaType.parseMediaTypes(accept);
    MimeTypeUtils.sortBySpecificity(types);
    for (MediaType type : types) {
      if (type.includes(MediaType.APPLICATION_JSON)) {
        return Format.JSON;
      }
      if (type.includes(CSV.removeQualityValue())) {
        return Format.CSV;
      }
    }
    return Format.JSON;
  }

  /**
   * @param rows each as many cells as the header has names
   */
  public static String text(String header, Stream<List<@Nullable Object>> rows) {
    return Stream.concat(
            Stream.of(header),
            rows.map(row -> row.stream().map(Csv::cell).collect(Collectors.joining(","))))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  /** One row. */
  public static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(cells);
  }

  public static ResponseEntity<Object> reply(String text, long position) {
    return ResponseEntity.ok()
        .contentType(CSV)
        .header(PositionHeaders.POSITION, Long.toString(position))
        .body(text);
  }

  public static ResponseEntity<Object> json(Positioned<?> report) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(report);
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
