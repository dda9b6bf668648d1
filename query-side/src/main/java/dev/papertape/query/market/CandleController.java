package dev.papertape.query.market;

import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.market.CandleRows;
import dev.papertape.eventstore.market.StoredCandle;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.QueryReader.Period;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/candles/{venue}/{symbol}}: candles that open in {@code [from, to)}, newest first.
 * Those of one minute are as they were judged; longer ones are derived from them at each call.
 */
@RestController
@ReadsProjection(VenueRegistryProjection.NAME)
final class CandleController {
  /** Of a page's derivation, about a second's work: 34 days, 833 hours. */
  private static final long MOST_MINUTES = 50_000;

  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  private final ReadModels readModels;
  private final EventJson json;

  CandleController(ReadModels readModels, EventJson json) {
    this.readModels = readModels;
    this.json = json;
  }

  /**
   * @param next {@code to} of the next page, null on the last one
   */
  record Candles(
      Venue venue,
      Symbol symbol,
      CandleInterval interval,
      List<CandleView> candles,
      @Nullable Instant next) {}

  @Parameter(
      name = "interval",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = "string",
              allowableValues = {"1m", "5m", "15m", "1h", "1d"},
              defaultValue = "1m"))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "candles that open at this time or later; all by default",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "candles that open before this time; by default up to the newest",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "page size; of 1d at most 34, of 1h 833",
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
  @GetMapping("/api/candles/{venue}/{symbol}")
  Positioned<Candles> candles(
      @PathVariable String venue, @PathVariable String symbol, QueryReader query) {
    CandleInterval interval =
        query
            .parsed(
                "interval",
                CandleInterval::of,
                "UNKNOWN_VALUE",
                "must be one of 1m, 5m, 15m, 1h, 1d")
            .orElse(CandleInterval.ONE_MINUTE);
    Period period = query.period();
    int limit = query.limit();
    query.done();
    return readModels.read(
        VenueRegistryProjection.NAME,
        rows -> {
          VenueView listed = venue(rows, venue);
          return page(rows, listed.venue(), symbol(listed, symbol), interval, period, limit);
        });
  }

  private VenueView venue(Connection rows, String name) throws SQLException {
    List<VenueView> known =
        ReadModels.rows(
            rows,
            "SELECT view FROM market_venue ORDER BY venue",
            row -> json.view(row.getString(1), VenueView.class));
    return known.stream()
        .filter(each -> each.venue().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.unknown("venue", name, known.stream().map(VenueView::venue).toList())
                    .asException());
  }

  private static Symbol symbol(VenueView venue, String name) {
    List<Symbol> known = venue.symbols().stream().map(InstrumentRules::symbol).sorted().toList();
    return known.stream()
        .filter(each -> each.value().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Problem.unknown("symbol at " + venue.venue(), name, known).asException());
  }

  private static Candles page(
      Connection rows,
      Venue venue,
      Symbol symbol,
      CandleInterval interval,
      Period period,
      int limit)
      throws SQLException {
    long perCandle = interval.length().dividedBy(CandleInterval.ONE_MINUTE.length());
    int size = (int) Math.min(limit, MOST_MINUTES / perCandle);
    int mostMinutes = (int) (size * perCandle);
    Instant from = period.from() == null ? Instant.MIN : firstFrom(interval, period.from());
    Instant to = period.to() == null ? Instant.MAX : firstFrom(interval, period.to());
    List<StoredCandle> minutes =
        CandleRows.range(rows, venue.name(), symbol.value(), from, to, mostMinutes + 1);
    // The oldest interval may be cut: it opens the next page.
    Instant cut =
        minutes.size() > mostMinutes ? interval.startOf(minutes.getLast().openTime()) : null;
    List<CandleView> candles =
        new CandleDerivation(interval, CandleRows.coverage(rows, venue.name(), symbol.value()))
            .derive(cut == null ? minutes : after(cut.plus(interval.length()), minutes));
    List<CandleView> page = List.copyOf(candles.subList(0, Math.min(size, candles.size())));
    Instant next = cut == null ? null : cut.plus(interval.length());
    if (page.size() < candles.size()) {
      next = page.getLast().openTime();
    }
    return new Candles(venue, symbol, interval, page, next);
  }

  private static List<StoredCandle> after(Instant from, List<StoredCandle> minutes) {
    return minutes.stream().filter(minute -> !minute.openTime().isBefore(from)).toList();
  }

  /** Open time of the first interval that begins at this time or later. */
  private static Instant firstFrom(CandleInterval interval, Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(END_OF_TIME)) {
      return time; // No candle is there, and its milliseconds may overflow.
    }
    Instant start = interval.startOf(time);
    return start.isBefore(time) ? start.plus(interval.length()) : start;
  }
}
