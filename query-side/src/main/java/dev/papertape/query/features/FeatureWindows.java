package dev.papertape.query.features;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.features.FeatureReadings;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import dev.papertape.query.ReadModels;
import dev.papertape.query.features.FeatureWindowView.Point;
import dev.papertape.query.features.FeatureWindowView.Window;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds values, of the store or from outside. */
final class FeatureWindows {
  private static final String EXTERNAL =
      """
      SELECT DISTINCT ON (event_time) event_time, available_at, position, value
      FROM features_external
      WHERE symbol = ? AND name = ? AND event_time BETWEEN ? AND ? AND available_at <= ?
      ORDER BY event_time DESC, position DESC
      LIMIT ?
      """;

  private static final String EXTERNAL_NAMES =
      "SELECT DISTINCT name FROM features_external WHERE symbol = ?";

  private static final String HAS_EXTERNAL =
      "SELECT EXISTS (SELECT FROM features_external WHERE symbol = ?)";

  private static final String HAS_EXTERNAL_NAME =
      "SELECT EXISTS (SELECT FROM features_external WHERE symbol = ? AND name = ?)";

  private static final String EXTERNAL_SYMBOLS = "SELECT DISTINCT symbol FROM features_external";

  private FeatureWindows() {}

  /**
   * What is asked for.
   *
   * @param limit the newest so many
   */
  record Question(Symbol symbol, String name, Window window, Instant asKnownAt, int limit) {}

  /** Empty when there is no such feature of this symbol. */
  static Optional<FeatureWindowView> find(Connection connection, Question question)
      throws SQLException {
    Optional<FeatureDefinition> builtIn = BuiltInFeatures.find(question.name());
    if (builtIn.isPresent()) {
      return builtIn(connection, question, builtIn.get());
    }
    if (!is(connection, HAS_EXTERNAL_NAME, question.symbol().value(), question.name())) {
      return Optional.empty();
    }
    return Optional.of(view(question, null, external(connection, question)));
  }

  /** Whether something is known of the symbol. */
  static boolean isKnown(Connection connection, String symbol) throws SQLException {
    return FeatureReadings.isKnown(connection, symbol) || is(connection, HAS_EXTERNAL, symbol);
  }

  private static boolean is(Connection connection, String question, Object... parameters)
      throws SQLException {
    return ReadModels.rows(connection, question, row -> row.getBoolean(1), parameters).getFirst();
  }

  /** Symbols that something is known of; reads every value from outside. */
  static TreeSet<String> symbols(Connection connection) throws SQLException {
    TreeSet<String> symbols = FeatureReadings.symbols(connection);
    symbols.addAll(ReadModels.rows(connection, EXTERNAL_SYMBOLS, row -> row.getString(1)));
    return symbols;
  }

  /** Built-in features and those of the symbol that came from outside. */
  static TreeSet<String> names(Connection connection, Symbol symbol) throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    BuiltInFeatures.all().forEach(each -> names.add(each.name()));
    names.addAll(
        ReadModels.rows(connection, EXTERNAL_NAMES, row -> row.getString(1), symbol.value()));
    return names;
  }

  private static Optional<FeatureWindowView> builtIn(
      Connection connection, Question question, FeatureDefinition definition) throws SQLException {
    if (!FeatureReadings.isKnown(connection, question.symbol().value())) {
      return Optional.empty();
    }
    FeatureSeries series =
        new FeatureSeries(
            FeatureSeries.ALL_VENUES,
            question.symbol().value(),
            definition.name(),
            definition.version(),
            definition.input().isSampled());
    List<Point> points =
        FeatureReadings.window(
                connection,
                series,
                question.window().from(),
                question.window().to(),
                question.asKnownAt(),
                question.limit())
            .stream()
            .map(FeatureWindows::point)
            .toList();
    return Optional.of(view(question, definition.version(), points));
  }

  private static Point point(FeatureValue value) {
    String venue = value.series().venue();
    Double number = value.value();
    if (number == null) {
      throw new IllegalStateException("a window holds what was taken back: " + value);
    }
    return new Point(
        venue.equals(FeatureSeries.ALL_VENUES) ? null : venue,
        value.eventTime(),
        value.availableAt(),
        value.frame(),
        number);
  }

  private static List<Point> external(Connection connection, Question question)
      throws SQLException {
    return ReadModels.rows(
        connection,
        EXTERNAL,
        row -> new Point(null, instant(row, 1), instant(row, 2), row.getLong(3), row.getDouble(4)),
        question.symbol().value(),
        question.name(),
        utc(question.window().from()),
        utc(question.window().to()),
        utc(question.asKnownAt()),
        question.limit());
  }

  private static FeatureWindowView view(
      Question question, @Nullable Integer version, List<Point> points) {
    return new FeatureWindowView(
        question.symbol(),
        question.name(),
        version,
        question.window(),
        question.asKnownAt(),
        points);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
