package dev.papertape.command.features;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureName;
import dev.papertape.contracts.features.PutFeature;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import dev.papertape.eventstore.web.Violations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What {@code PUT /api/features/{symbol}/{name}} takes beyond its contract. */
final class FeatureRequest {
  private static final String EVENT_TIME = "eventTime";

  /** What a feature can speak of: after the first block of the first chain, and not to come. */
  private static final Instant EARLIEST = Instant.parse("2009-01-03T00:00:00Z");

  private FeatureRequest() {}

  /**
   * @param now by the clock
   * @throws dev.papertape.eventstore.web.ProblemException 404 for what is no symbol or no name, 409
   *     for a built-in feature's name, 400 or 422 for the body
   */
  static PutFeature read(String symbol, String name, JsonBody body, Instant now) {
    Symbol of = symbol(symbol);
    String external = externalName(name);
    return body.read(
        members ->
            new PutFeature(of, external, time(members.text(EVENT_TIME)), members.number("value")),
        (members, violations) -> check(members, now, violations));
  }

  private static Symbol symbol(String text) {
    try {
      return new Symbol(text);
    } catch (IllegalArgumentException _) {
      throw Problem.of(ProblemKind.NOT_FOUND, "no symbol '" + text + "': symbols are like BTC-USDT")
          .asException();
    }
  }

  private static String externalName(String name) {
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

  private static void check(Members members, Instant now, Violations violations) {
    members
        .findText(EVENT_TIME)
        .ifPresent(
            text -> {
              try {
                Instant time = time(text);
                if (time.isBefore(EARLIEST) || time.isAfter(now)) {
                  violations.add(
                      "/eventTime",
                      "OUT_OF_RANGE",
                      "must be from " + EARLIEST + " on, and not to come",
                      text);
                }
              } catch (DateTimeException _) {
                violations.add(
                    "/eventTime",
                    "NOT_A_TIME",
                    "must be an ISO-8601 time such as 2026-01-02T03:04:05Z",
                    text);
              }
            });
  }

  private static Instant time(String text) {
    return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
  }
}
