package dev.papertape.query.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.QuarantineStatus;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/data-quality/stats} and {@code GET /api/data-quality/quarantine}. */
@RestController
@ReadsProjection(QualityProjection.NAME)
final class QualityController {
  private final ReadModels readModels;
  private final QualityQueries queries;

  QualityController(ReadModels readModels, QualityQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  @Historical
  @GetMapping("/api/data-quality/stats")
  Positioned<QualityStats> stats(QueryReader query) {
    Optional<AsOf> asOf = query.asOf();
    query.done();
    return readModels.read(QualityProjection.NAME, asOf, queries::stats);
  }

  /**
   * @param next {@code before} of the next page, null on the last one
   */
  record Quarantine(List<QuarantineView> records, @Nullable Long next) {}

  @Paged
  @Parameter(name = "venue", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "symbol", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(
      name = "channel",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = Channel.class))
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = QuarantineStatus.class))
  @Parameter(
      name = "reason",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = QualityReason.class))
  @GetMapping("/api/data-quality/quarantine")
  Positioned<Quarantine> quarantine(QueryReader query) {
    Map<String, String> filters = new LinkedHashMap<>();
    query
        .parsed("venue", Venue::new, "NOT_A_VENUE", "must be a venue such as BINANCE")
        .ifPresent(venue -> filters.put("venue", venue.name()));
    query
        .parsed("symbol", Symbol::new, "NOT_A_SYMBOL", "must be a symbol such as BTC-USDT")
        .ifPresent(symbol -> filters.put("symbol", symbol.value()));
    query
        .oneOf("channel", Channel.class)
        .ifPresent(channel -> filters.put("channel", channel.name()));
    query
        .oneOf("status", QuarantineStatus.class)
        .ifPresent(status -> filters.put("status", status.name()));
    query
        .oneOf("reason", QualityReason.class)
        .ifPresent(reason -> filters.put("reason", reason.name()));
    int limit = query.limit();
    long before = query.before();
    query.done();
    return readModels.read(
        QualityProjection.NAME,
        rows -> {
          List<QuarantineView> page = queries.quarantine(rows, filters, limit, before);
          return new Quarantine(page, page.size() < limit ? null : page.getLast().position());
        });
  }
}
