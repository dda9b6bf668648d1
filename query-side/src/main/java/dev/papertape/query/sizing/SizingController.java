package dev.papertape.query.sizing;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/exec/sizing/last}: of one symbol, or of whichever was sized last. */
@RestController
final class SizingController {
  private static final String SIZED =
      """
      SELECT e.payload_type, e.payload FROM sizing_last s JOIN event_log e USING (position)
      WHERE ? = '' OR s.symbol = ? ORDER BY position DESC LIMIT 1
      """;

  private final ReadModels readModels;
  private final EventJson json;

  /** The newest, and the symbols that there are any of. */
  private record Found(Optional<LastSizing> sizing, List<String> known) {}

  SizingController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  @Parameter(name = "symbol", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping("/api/exec/sizing/last")
  @ReadsProjection(SizingProjection.NAME)
  Positioned<LastSizing> last(QueryReader query) {
    Optional<Symbol> symbol =
        query.parsed("symbol", Symbol::new, "NOT_A_SYMBOL", "must be a symbol such as BTC-USDT");
    query.done();
    Positioned<Found> found = readModels.read(SizingProjection.NAME, rows -> find(rows, symbol));
    LastSizing sizing =
        found
            .body()
            .sizing()
            .or(() -> symbol.isEmpty() ? Optional.of(LastSizing.NONE) : Optional.empty())
            .orElseThrow(
                () ->
                    Problem.of(ProblemKind.NOT_FOUND, missing(symbol, found.body().known()))
                        .asException());
    return new Positioned<>(sizing, found.asOf(), found.position());
  }

  private Found find(Connection rows, Optional<Symbol> symbol) throws SQLException {
    String named = symbol.map(Symbol::value).orElse("");
    List<LastSizing> newest =
        ReadModels.rows(
            rows,
            SIZED,
            row -> LastSizing.of((PositionSized) json.event(row.getString(1), row.getBytes(2))),
            named,
            named);
    List<String> known =
        ReadModels.rows(
            rows, "SELECT symbol FROM sizing_last ORDER BY symbol", row -> row.getString(1));
    return new Found(newest.stream().findFirst(), known);
  }

  private static String missing(Optional<Symbol> symbol, List<String> known) {
    if (known.isEmpty()) {
      return "nothing has been sized yet: that takes a few seconds of mids";
    }
    return "nothing has been sized of '"
        + symbol.map(Symbol::value).orElse("")
        + "'; known are "
        + String.join(", ", known);
  }
}
