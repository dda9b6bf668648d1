package dev.papertape.command.features;

import com.fasterxml.jackson.core.JsonToken;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureName;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.BodyContract;
import dev.papertape.eventstore.web.Field;
import dev.papertape.eventstore.web.JsonRule;
import dev.papertape.eventstore.web.JsonRules;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What {@code PUT /api/features/{symbol}/{name}} takes. */
final class FeatureContract {
  /** What a feature can speak of: after the first trade of a coin, and not to come. */
  private static final Instant EARLIEST = Instant.parse("2009-01-03T00:00:00Z");

  private final BodyContract<Point> body;

  /** A value and the moment that it speaks of, to the microsecond. */
  record Point(Instant eventTime, double value) {}

  FeatureContract(InstantSource clock) {
    Field<Instant> eventTime = Field.required("eventTime", pastTime(clock));
    Field<Double> value =
        Field.required("value", JsonRules.number(-Double.MAX_VALUE, Double.MAX_VALUE));
    this.body =
        BodyContract.of(
            parsed -> new Point(parsed.get(eventTime), parsed.get(value)), eventTime, value);
  }

  BodyContract<Point> body() {
    return body;
  }

  /**
   * @throws dev.papertape.eventstore.web.ProblemException 404 for what is no symbol's name
   */
  static Symbol symbol(String text) {
    try {
      return new Symbol(text);
    } catch (IllegalArgumentException _) {
      throw Problem.of(ProblemKind.NOT_FOUND, "no symbol '" + text + "': symbols are like BTC-USDT")
          .asException();
    }
  }

  /**
   * A name of the outside's own.
   *
   * @throws dev.papertape.eventstore.web.ProblemException 409 for a built-in one, 404 for what is
   *     no name
   */
  static String externalName(String name) {
    if (BuiltInFeatures.find(name).isPresent()) {
      throw Problem.wrongState(
              "'" + name + "' is computed by the engine; choose another name", List.of())
          .asException();
    }
    if (!FeatureName.isValid(name)) {
      throw Problem.of(
              ProblemKind.NOT_FOUND,
              "no feature '" + name + "': names are a lower-case letter, then letters and digits")
          .asException();
    }
    return name;
  }

  private static JsonRule<Instant> pastTime(InstantSource clock) {
    return (parser, pointer, violations) -> {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        violations.add(pointer, "WRONG_TYPE", "must be a string", parser.currentToken().asString());
        parser.skipChildren();
        return null;
      }
      String text = parser.getText();
      Instant time;
      try {
        time = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      } catch (DateTimeException _) {
        violations.add(
            pointer, "NOT_A_TIME", "must be an ISO-8601 time such as 2026-01-02T03:04:05Z", text);
        return null;
      }
      if (time.isBefore(EARLIEST) || time.isAfter(clock.instant())) {
        violations.add(
            pointer, "OUT_OF_RANGE", "must be from " + EARLIEST + " on, and not to come", text);
        return null;
      }
      return time;
    };
  }
}
