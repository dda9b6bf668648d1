package dev.papertape.query.execution;

import dev.papertape.eventstore.web.PositionHeaders;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Paged;
import dev.papertape.query.ReadModels;
import dev.papertape.query.execution.OrderController.Filters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/fills}: the blotter, as JSON or, by {@code Accept} or {@code format}, as CSV. */
@RestController
@ReadsProjection(ExecutionProjection.NAME)
final class FillController {
  private static final MediaType CSV = MediaType.valueOf("text/csv;charset=UTF-8");

  private final ReadModels readModels;
  private final OrderQueries queries;

  FillController(ReadModels readModels, OrderQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  /**
   * @param next {@code before} of the next page, null on the last one
   */
  record Fills(List<FillRow> fills, @Nullable Long next) {}

  /** What a list can be written as. */
  enum Format {
    JSON,
    CSV
  }

  @Paged
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = "string",
              allowableValues = {"json", "csv"}))
  @Parameter(name = "symbol", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "alphaId", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping(
      path = "/api/fills",
      produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
  ResponseEntity<Object> fills(
      QueryReader query,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    Optional<Format> asked =
        query.parsed(
            "format",
            text -> Format.valueOf(text.toUpperCase(Locale.ROOT)),
            "UNKNOWN_VALUE",
            "must be one of json, csv");
    Map<String, String> filters = new LinkedHashMap<>();
    Filters.symbol(query).ifPresent(symbol -> filters.put("symbol", symbol.value()));
    Filters.alphaId(query).ifPresent(alphaId -> filters.put(OrderQueries.OWNER, alphaId));
    int limit = query.limit();
    long before = query.before();
    query.done();
    Positioned<Fills> fills =
        readModels.read(
            ExecutionProjection.NAME,
            rows -> {
              List<FillRow> page = queries.fills(rows, filters, limit, before);
              return new Fills(page, page.size() < limit ? null : page.getLast().position());
            });
    return switch (asked.orElseGet(() -> accepted(accept))) {
      case JSON -> ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(fills);
      case CSV ->
          ResponseEntity.ok()
              .contentType(CSV)
              .header(PositionHeaders.POSITION, Long.toString(fills.position()))
              .body(FillCsv.of(fills.body().fills()));
    };
  }

  /**
   * CSV only for a client that names it before JSON; the route's {@code produces} refused others.
   */
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
}
