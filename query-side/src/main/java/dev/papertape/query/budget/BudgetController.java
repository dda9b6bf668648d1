package dev.papertape.query.budget;

import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Historical;
import dev.papertape.query.Paged;
import dev.papertape.query.ReadModels;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/budget/status} and {@code GET /api/budget/ledger}. */
@RestController
@ReadsProjection(BudgetProjection.NAME)
final class BudgetController {
  private static final Pattern PROVIDER = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
  private static final Set<String> TYPES =
      EventTypes.all().stream()
          .filter(BudgetEvent.class::isAssignableFrom)
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());
  private static final String RECORDED = "SELECT recorded_at FROM event_log WHERE position = ?";

  private final ReadModels readModels;
  private final ProviderLedgers ledgers;
  private final BudgetQueries queries;
  private final Clock clock;

  BudgetController(
      ReadModels readModels, ProviderLedgers ledgers, BudgetQueries queries, Clock clock) {
    this.readModels = readModels;
    this.ledgers = ledgers;
    this.queries = queries;
    this.clock = clock;
  }

  /** Windows stand as they do now; with {@code asOf} as they stood when that was recorded. */
  @Historical
  @GetMapping("/api/budget/status")
  Positioned<BudgetStatus> status(QueryReader query) {
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(
        BudgetProjection.NAME,
        asOf,
        (connection, position) -> {
          Instant moment =
              asOf.isEmpty()
                  ? clock.instant()
                  : asOf.get() instanceof AsOf.Time(Instant time)
                      ? time
                      : recorded(connection, position);
          return StatusViews.status(
              ledgers.asOf(connection, position), queries.routes(connection, position), moment);
        });
  }

  private Instant recorded(Connection connection, long position) throws SQLException {
    return ReadModels.rows(
            connection,
            RECORDED,
            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
            position)
        .stream()
        .findFirst()
        .orElseGet(clock::instant);
  }

  /**
   * @param next {@code before} of the next page, null on the last one
   */
  record BudgetLedger(List<LedgerEntry> entries, @Nullable Long next) {}

  @Paged
  @Parameter(name = "provider", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "type", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping("/api/budget/ledger")
  Positioned<BudgetLedger> ledger(QueryReader query) {
    Map<String, String> filters = new LinkedHashMap<>();
    query
        .parsed("provider", BudgetController::provider, "NOT_A_PROVIDER", "must be like BINANCE")
        .ifPresent(provider -> filters.put("provider", provider));
    query
        .parsed(
            "type",
            BudgetController::type,
            "UNKNOWN_VALUE",
            "must be one of " + String.join(", ", TYPES.stream().sorted().toList()))
        .ifPresent(type -> filters.put("type", type));
    int limit = query.limit();
    long before = query.before();
    query.done();
    return readModels.read(
        BudgetProjection.NAME,
        rows -> {
          List<LedgerEntry> page = queries.entries(rows, filters, limit, before);
          return new BudgetLedger(page, page.size() < limit ? null : page.getLast().position());
        });
  }

  private static String provider(String text) {
    if (!PROVIDER.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String type(String text) {
    if (!TYPES.contains(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
