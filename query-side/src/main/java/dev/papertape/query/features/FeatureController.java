package dev.papertape.query.features;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.ParityVerdict;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.DatabaseFailure;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import dev.papertape.query.features.FeatureWindowView.Window;
import dev.papertape.query.features.FeatureWindows.Question;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/features}, {@code GET /api/features/parity}, {@code GET
 * /api/features/{symbol}/{name}}.
 */
@RestController
@ReadsProjection(FeaturesProjection.NAME)
final class FeatureController {
  private static final Duration USUAL_WINDOW = Duration.ofHours(1);

  /** Each day is a partition to look through. */
  private static final Duration LONGEST_SAMPLED = Duration.ofDays(31);

  private static final Duration LONGEST = Duration.ofDays(400);
  private static final String A_TIME = "must be an ISO-8601 time such as 2026-01-02T03:04:05Z";
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final ReadModels readModels;
  private final EventJson json;
  private final Clock clock;

  FeatureController(ReadModels readModels, EventJson json, Clock clock) {
    this.readModels = readModels;
    this.json = json;
    this.clock = clock;
  }

  record Definitions(List<FeatureDefinition> features) {}

  /** What the engine computes. */
  @GetMapping("/api/features")
  Positioned<Definitions> definitions(QueryReader query) {
    query.done();
    return readModels.read(FeaturesProjection.NAME, rows -> new Definitions(BuiltInFeatures.all()));
  }

  /**
   * The newest parity run.
   *
   * @param trigger null before the first run
   */
  record ParityView(
      ParityVerdict verdict,
      @Nullable String runId,
      @Nullable String trigger,
      @Nullable Instant knownUntil,
      List<FeatureParity> features) {}

  @GetMapping("/api/features/parity")
  Positioned<ParityView> parity(QueryReader query) {
    query.done();
    return readModels.read(
        FeaturesProjection.NAME,
        rows ->
            ReadModels.rows(
                    rows,
                    "SELECT view FROM features_parity WHERE id = ?",
                    row -> view(json.view(row.getString(1), ParityChecked.class)),
                    FeaturesProjection.PARITY_ROW)
                .stream()
                .findFirst()
                .orElse(new ParityView(ParityVerdict.NO_DATA, null, null, null, List.of())));
  }

  private static ParityView view(ParityChecked checked) {
    return new ParityView(
        checked.verdict(),
        checked.runId(),
        checked.trigger(),
        checked.knownUntil(),
        checked.features());
  }

  @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "asKnownAt", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
  @GetMapping("/api/features/{symbol}/{name}")
  Positioned<FeatureWindowView> values(
      @PathVariable String symbol, @PathVariable String name, QueryReader query) {
    Instant now = clock.instant();
    Instant to = time(query, "to", now);
    Instant from = time(query, "from", to.minus(USUAL_WINDOW));
    Instant asKnownAt = time(query, "asKnownAt", now);
    int limit = query.limit();
    query.done();
    if (from.isAfter(to)) {
      throw Problem.parameter("from", "OUT_OF_RANGE", "must not be after to", from.toString())
          .asException();
    }
    Duration longest = longestWindow(name);
    if (Duration.between(from, to).compareTo(longest) > 0) {
      throw Problem.parameter(
              "from",
              "OUT_OF_RANGE",
              "must be within " + longest.toDays() + " days before to",
              from.toString())
          .asException();
    }
    Window window = new Window(from, to);
    return readModels.read(
        FeaturesProjection.NAME, rows -> values(rows, symbol, name, window, asKnownAt, limit));
  }

  private static Duration longestWindow(String name) {
    return BuiltInFeatures.find(name).filter(feature -> feature.input().isSampled()).isPresent()
        ? LONGEST_SAMPLED
        : LONGEST;
  }

  private static FeatureWindowView values(
      Connection rows, String symbol, String name, Window window, Instant asKnownAt, int limit)
      throws SQLException {
    if (!FeatureWindows.isKnown(rows, symbol)) {
      throw Problem.unknown("symbol with features", symbol, FeatureWindows.symbols(rows))
          .asException();
    }
    Symbol of = new Symbol(symbol);
    return FeatureWindows.find(rows, new Question(of, name, window, asKnownAt, limit))
        .orElseThrow(() -> Problem.unknown("feature", name, namesOf(rows, of)).asException());
  }

  private static Iterable<String> namesOf(Connection rows, Symbol symbol) {
    try {
      return FeatureWindows.names(rows, symbol);
    } catch (SQLException failed) {
      throw DatabaseFailure.of("reading names of features", failed);
    }
  }

  private static Instant time(QueryReader query, String name, Instant absent) {
    return query.parsed(name, FeatureController::time, "NOT_A_TIME", A_TIME).orElse(absent);
  }

  private static Instant time(String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw new IllegalArgumentException(text);
      }
      return time;
    } catch (DateTimeException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }
}
