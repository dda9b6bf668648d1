package dev.papertape.command.alpha;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.BodyRule;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signal as {@code POST /api/alphas/{id}/signals} brings it.
 *
 * @param at null for the moment at which the engine takes it
 */
record SignalBody(Symbol symbol, double value, long horizonMs, @Nullable Instant at) {
  private static final Duration LONGEST_HORIZON = Duration.ofDays(7);

  /**
   * What the schema cannot say: which symbols there are, and how the signal lies in time.
   *
   * @param mayBeRepeated whether a signal that is good but for being late may be one that was taken
   *     under the same idempotency key before
   */
  static BodyRule rule(Set<Symbol> tradable, SignalStand stand, boolean mayBeRepeated) {
    return (body, violations) -> {
      Optional<Symbol> symbol = body.findText("symbol").map(Symbol::new);
      if (symbol.isPresent() && !tradable.contains(symbol.get())) {
        violations.add(
            "/symbol",
            "UNKNOWN_SYMBOL",
            "must be a symbol that this alpha trades: "
                + String.join(", ", tradable.stream().map(Symbol::value).sorted().toList()),
            symbol.get().value());
      }
      Duration horizon = body.node("horizon").map(SignalBody::horizon).orElse(null);
      if (body.node("horizon").isPresent() && !isHorizon(horizon)) {
        violations.add(
            "/horizon",
            "OUT_OF_RANGE",
            "must be 1 ms to 7 days, as an ISO-8601 duration such as PT30S or as milliseconds",
            body.sent("horizon").asText());
      }
      body.findText("at")
          .ifPresent(text -> checkTime(text, symbol, horizon, stand, violations, mayBeRepeated));
    };
  }

  private static void checkTime(
      String text,
      Optional<Symbol> symbol,
      @Nullable Duration horizon,
      SignalStand stand,
      Violations violations,
      boolean mayBeRepeated) {
    boolean isGoodSoFar = violations.isEmpty();
    Instant at = time(text);
    SignalRules.wrongTime(
            at,
            isHorizon(horizon) ? horizon : null,
            symbol.map(stand::newestOf).orElse(null),
            stand.feedTime())
        .filter(wrong -> !(mayBeRepeated && isGoodSoFar && wrong.isByLateness()))
        .ifPresent(wrong -> violations.add("/at", wrong.code(), wrong.message(), text));
  }

  static SignalBody of(Members body) {
    Duration horizon = body.node("horizon").map(SignalBody::horizon).orElse(null);
    if (horizon == null) {
      throw new IllegalStateException("a horizon that was checked");
    }
    return new SignalBody(
        new Symbol(body.text("symbol")),
        body.number("value"),
        horizon.toMillis(),
        body.findText("at").map(SignalBody::time).orElse(null));
  }

  /** As the log keeps times. */
  private static Instant time(String text) {
    return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
  }

  private static boolean isHorizon(@Nullable Duration horizon) {
    return horizon != null && horizon.toMillis() >= 1 && horizon.compareTo(LONGEST_HORIZON) <= 0;
  }

  private static @Nullable Duration horizon(JsonNode sent) {
    if (sent.isNumber()) {
      return sent.canConvertToLong() ? Duration.ofMillis(sent.longValue()) : null;
    }
    try {
      return Duration.parse(sent.asText());
    } catch (DateTimeException | ArithmeticException noDuration) {
      return null;
    }
  }
}
