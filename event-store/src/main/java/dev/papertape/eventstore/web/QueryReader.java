package dev.papertape.eventstore.web;

import dev.papertape.eventstore.contract.Contract;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters and collects what is wrong with them. A controller takes it as an
 * argument, reads every parameter that the route knows, then calls {@link #done()}, which throws
 * one problem with all violations, unknown and repeated parameters included. Where the route has a
 * contract of its query, that says what a parameter may be, and which there are; what a reader
 * refuses beyond it is what no schema can say.
 */
public final class QueryReader {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final Map<String, String[]> parameters;
  private final @Nullable Contract contract;
  private final TreeSet<String> known = new TreeSet<>();
  private final Set<String> refused = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param contract of the route's query, null where it has none
   */
  public QueryReader(HttpServletRequest request, @Nullable Contract contract) {
    this.parameters = QueryContract.parameters(request);
    this.contract = contract;
    violations.addAll(QueryContract.unreadable(request));
    if (contract != null) {
      for (Violation violation : QueryContract.violations(parameters, contract)) {
        violations.add(violation);
        refused.add(violation.pointer());
      }
    }
  }

  /** Page size: {@code limit}, 1 to 1000, default 50. */
  public int limit() {
    return (int) integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
  }

  /** Page start: only what is older than {@code before}; the whole log without one. */
  public long before() {
    return integer("before", 0, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** {@code asOf}: a log position or an ISO-8601 time with its offset; empty for now. */
  public Optional<AsOf> asOf() {
    return parsed(
        "asOf",
        text ->
            text.matches("[0-9]{1,18}")
                ? new AsOf.Position(Long.parseLong(text))
                : new AsOf.Time(time(text)),
        "NOT_A_MOMENT",
        "must be a log position or an ISO-8601 time such as 2024-08-08T14:03:07Z");
  }

  /**
   * A span of time, open where the request says nothing.
   *
   * @param to after {@code from}, not within
   */
  public record Period(@Nullable Instant from, @Nullable Instant to) {}

  /** {@code from} and {@code to}: ISO-8601 times with their offset. */
  public Period period() {
    Instant from = time("from", Instant.MIN);
    Instant to = time("to", Instant.MAX);
    if (!from.isBefore(to)) {
      refuse("to", "OUT_OF_RANGE", "must be later than from", value("to").orElse(null));
    }
    return new Period(from.equals(Instant.MIN) ? null : from, to.equals(Instant.MAX) ? null : to);
  }

  private Instant time(String name, Instant absent) {
    return parsed(
            name,
            QueryReader::time,
            "NOT_A_TIME",
            "must be an ISO-8601 time such as 2024-08-08T14:03:07Z")
        .orElse(absent);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }

  public long integer(String name, long min, long max, long absent) {
    return value(name)
        .map(
            text -> {
              if (text.matches("[+-]?[0-9]{1,18}")) {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                  return value;
                }
              }
              refuse(name, "OUT_OF_RANGE", "must be an integer from " + min + " to " + max, text);
              return absent;
            })
        .orElse(absent);
  }

  /** One of an enum's constants by name; the message lists them. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return parsed(
        name,
        text -> Enum.valueOf(type, text),
        "UNKNOWN_VALUE",
        "must be one of " + String.join(", ", names));
  }

  /**
   * @param parse throws {@link IllegalArgumentException} for what it refuses
   * @param message one sentence starting with "must be"
   */
  public <T> Optional<T> parsed(
      String name, Function<String, T> parse, String code, String message) {
    return value(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(parse.apply(text));
              } catch (IllegalArgumentException _) {
                refuse(name, code, message, text);
                return Optional.empty();
              }
            });
  }

  /**
   * To be called after every known parameter was read.
   *
   * @throws ProblemException 400 with all violations
   */
  public void done() {
    if (contract == null) {
      refuseUnread();
    } else if (!known.equals(QueryContract.known(contract))) {
      throw new IllegalStateException(
          "the route reads %s and its contract %s has %s"
              .formatted(known, contract, QueryContract.known(contract)));
    }
    if (!violations.isEmpty()) {
      throw Problem.violated(ProblemKind.INVALID_PARAMETERS, violations).asException();
    }
  }

  private void refuseUnread() {
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            refuse(
                name,
                "UNKNOWN_PARAMETER",
                known.isEmpty()
                    ? "is not known; this route takes none"
                    : "is not known; known are " + String.join(", ", known),
                values[0]);
          }
        });
  }

  private Optional<String> value(String name) {
    known.add(name);
    String[] values = parameters.get(name);
    if (values == null || refused.contains(Violation.ofQuery(name, "", "", null).pointer())) {
      return Optional.empty();
    }
    if (values.length > 1) {
      violations.add(QueryContract.repeated(name, values));
    }
    return Optional.of(values[0]);
  }

  private void refuse(String name, String code, String message, @Nullable String rejected) {
    violations.add(Violation.ofQuery(name, code, name + " " + message, rejected));
  }
}
