package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.FillShare;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures of a running system's reports, more than ten, each followed to the events that it is made
 * of: worked out here from the payloads alone, by the definitions of metrics.md and none of the
 * product's code.
 */
@Timeout(600)
class TracedFiguresIT {
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final int FILLS = 12;

  @TempDir static Path folder;
  private static PostgresDatabase database;
  private static RunningProgram program;
  private static long position;
  private static final List<OrderFilled> fills = new ArrayList<>();
  private static final List<AlphasCrossed> crossings = new ArrayList<>();
  private static PortfolioMarked newest;

  @BeforeAll
  static void tradeForAWhile() throws Exception {
    database = TemporaryPostgres.freshDatabase();
    program =
        RunningProgram.start(
                Map.of(
                    "PAPERTAPE_DATABASE_USER",
                    database.user(),
                    "PAPERTAPE_DATABASE_PASSWORD",
                    database.password()),
                folder.resolve("data"),
                "--port",
                "0",
                "--database-url",
                database.jdbcUrl())
            .awaitReady();
    RunningProgram.await(
        FILLS + " fills",
        () -> program.get("/api/fills?limit=50").body().path("fills").size() >= FILLS);
    program.post("/api/guards/halt", null, "{\"reason\":\"counting\"}");
    position = program.get("/api/report/alpha-pnl?window=1h").body().path("position").asLong();
    read();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static void read() throws SQLException {
    EventNames names = EventNames.of(EventTypes.all(), EventTypes::logicalName);
    CanonicalJson json = new CanonicalJson();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT payload_type, payload FROM event_log WHERE position <= ? ORDER BY position")) {
      statement.setLong(1, position);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Class<?> type = names.classOf(rows.getString(1));
          DomainEvent event = (DomainEvent) json.read(rows.getBytes(2), type);
          switch (event) {
            case OrderFilled fill -> fills.add(fill);
            case AlphasCrossed crossed -> crossings.add(crossed);
            case PortfolioMarked mark -> newest = mark;
            default -> {}
          }
        }
      }
    }
  }

  private static JsonNode report(String route) throws IOException {
    String join = route.contains("?") ? "&" : "?";
    return program.get(route + join + "asOf=" + position).body();
  }

  private static BigDecimal sum(Function<OrderFilled, BigDecimal> part) {
    return fills.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal notional(OrderFilled fill) {
    return fill.levels().stream()
        .map(level -> level.price().multiply(level.quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal signed(OrderFilled fill, BigDecimal value) {
    return value.multiply(BigDecimal.valueOf(fill.side().sign()));
  }

  private static BigDecimal mark(Symbol symbol) {
    return newest.marks().stream()
        .filter(each -> each.symbol().equals(symbol))
        .findFirst()
        .orElseThrow()
        .mid();
  }

  private static BigDecimal money(JsonNode text) {
    return new BigDecimal(text.asText());
  }

  private static JsonNode of(JsonNode list, String name, String value) {
    for (JsonNode each : list) {
      if (each.path(name).asText().equals(value)) {
        return each;
      }
    }
    throw new AssertionError("no " + value + " in " + list);
  }

  /** Fees, turnover and P&amp;L of the account: cash that flowed, and what is held at its mark. */
  @Test
  void theTotalIsEveryFillAndEveryMark() throws IOException {
    JsonNode total = report("/api/report/alpha-pnl?window=1h").path("total");
    assertThat(money(total.path("fees"))).isCloseTo(sum(OrderFilled::fee), within(CENT));
    assertThat(money(total.path("turnover")))
        .isCloseTo(sum(TracedFiguresIT::notional), within(CENT));

    Map<Symbol, BigDecimal> held = new HashMap<>();
    BigDecimal cash = BigDecimal.ZERO;
    for (OrderFilled fill : fills) {
      cash = cash.subtract(signed(fill, notional(fill))).subtract(fill.fee());
      held.merge(fill.symbol(), signed(fill, fill.quantity()), BigDecimal::add);
    }
    BigDecimal pnl = cash;
    for (var each : held.entrySet()) {
      if (each.getValue().signum() != 0) {
        pnl = pnl.add(each.getValue().multiply(mark(each.getKey())));
      }
    }
    assertThat(money(total.path("pnl"))).isCloseTo(pnl, within(CENT));
  }

  /**
   * Fees, turnover and P&amp;L of momentum: its shares of fills and what it gave and took inside.
   */
  @Test
  void anAlphasFiguresAreItsSharesAndItsCrossings() throws IOException {
    String alpha = "momentum";
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal turnover = BigDecimal.ZERO;
    BigDecimal pnl = BigDecimal.ZERO;
    Map<Symbol, BigDecimal> held = new HashMap<>();
    for (OrderFilled fill : fills) {
      for (FillShare share : fill.shares()) {
        if (share.alphaId().equals(alpha)) {
          BigDecimal paid =
              notional(fill)
                  .multiply(share.quantity())
                  .divide(fill.quantity(), MathContext.DECIMAL128);
          fees = fees.add(share.fee());
          turnover = turnover.add(paid);
          pnl = pnl.subtract(signed(fill, paid)).subtract(share.fee());
          held.merge(fill.symbol(), signed(fill, share.quantity()), BigDecimal::add);
        }
      }
    }
    for (AlphasCrossed crossed : crossings) {
      for (AlphasCrossed.Transfer transfer : crossed.transfers()) {
        if (transfer.alphaId().equals(alpha)) {
          pnl = pnl.subtract(transfer.quantity().multiply(crossed.mid()));
          held.merge(crossed.symbol(), transfer.quantity(), BigDecimal::add);
        }
      }
    }
    for (var each : held.entrySet()) {
      if (each.getValue().signum() != 0) {
        pnl = pnl.add(each.getValue().multiply(mark(each.getKey())));
      }
    }
    JsonNode row = of(report("/api/report/alpha-pnl?window=1h").path("alphas"), "alphaId", alpha);
    assertThat(money(row.path("fees"))).isCloseTo(fees, within(CENT));
    assertThat(money(row.path("turnover"))).isCloseTo(turnover, within(CENT));
    assertThat(money(row.path("pnl"))).isCloseTo(pnl, within(CENT));
  }

  /** Columns add up to the last digit; people's orders are no player's. */
  @Test
  void theColumnsAddUp() throws IOException {
    JsonNode report = report("/api/report/alpha-pnl?window=1h");
    BigDecimal pnl = BigDecimal.ZERO;
    BigDecimal shapley = money(report.path("executionResidual"));
    for (JsonNode row : report.path("alphas")) {
      pnl = pnl.add(money(row.path("pnl")));
      if (!row.path("alphaId").asText().equals(AlphaSpec.MANUAL)) {
        shapley = shapley.add(money(row.path("shapley")));
      }
    }
    assertThat(pnl).isEqualByComparingTo(money(report.path("total").path("pnl")));
    assertThat(shapley).isEqualByComparingTo(money(report.path("total").path("pnl")));
  }

  /** Fills, fees in bps and slippage of each venue. */
  @Test
  void aVenuesFiguresAreItsFills() throws IOException {
    JsonNode venues = report("/api/report/venue?window=1h").path("venues");
    for (JsonNode line : venues) {
      String venue = line.path("venue").asText();
      List<OrderFilled> its =
          fills.stream().filter(fill -> fill.venue().name().equals(venue)).toList();
      assertThat(line.path("fills").asLong()).as(venue).isEqualTo(its.size());
      if (!its.isEmpty()) {
        double notional = 0;
        double fee = 0;
        double slipped = 0;
        for (OrderFilled fill : its) {
          double value = notional(fill).doubleValue();
          double mid = fill.decisionMid().doubleValue();
          notional += value;
          fee += fill.fee().doubleValue();
          slipped += value * fill.side().sign() * (fill.price().doubleValue() / mid - 1) * 1e4;
        }
        assertThat(line.path("feesBps").asDouble()).isCloseTo(fee / notional * 1e4, within(1e-6));
        assertThat(line.path("slippage").path("meanBps").asDouble())
            .isCloseTo(slipped / notional, within(1e-3));
      }
    }
  }

  /** The account's turnover, and how many fills its slippage is of. */
  @Test
  void riskIsOfTheSameFills() throws IOException {
    JsonNode risk = report("/api/report/risk?window=1h");
    assertThat(money(risk.path("turnover").path("notional")))
        .isCloseTo(sum(TracedFiguresIT::notional), within(CENT));
    assertThat(risk.path("slippage").path("samples").asLong()).isEqualTo(fills.size());
  }
}
