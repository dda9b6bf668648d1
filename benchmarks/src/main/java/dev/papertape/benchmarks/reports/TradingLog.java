package dev.papertape.benchmarks.reports;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.execution.AccountAfterFill;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.FillShare;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.SymbolMark;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.json.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A log as a few days of trading leave it: fifty events a feed second, of which one marks the
 * account; every fifth second two fills of two alphas each, every tenth a rebalance of five alphas.
 * The rest is what reports do not look at. The database writes it by itself, from one event of each
 * kind, so that ten million take minutes.
 */
final class TradingLog {
  static final int EVENTS_A_SECOND = 50;

  private static final Instant TIME = Instant.parse("2001-02-03T04:05:06.007Z");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final BigDecimal MID = new BigDecimal("77777.77");
  private static final int ALPHAS = 5;

  private static final String FILL =
      """
      INSERT INTO event_log
      SELECT i, 'bench:' || i, 0, 'bench', gen_random_uuid(), now(), kind.type, '1',
        convert_to(replace(replace(replace(kind.payload,
          '2001-02-03T04:05:06.007Z', to_char(timestamp '2025-01-01' + s * interval '1 second',
            'YYYY-MM-DD"T"HH24:MI:SS.000"Z"')),
          '77777.77', (60000 + (s * 7919) % 1000)::text || '.25'),
          '"BUY"', CASE WHEN (s / 5) % 2 = 0 THEN '"BUY"' ELSE '"SELL"' END), 'UTF8'),
        '{}', sha256('')
      FROM (SELECT i, i / 50 AS s, CASE
          WHEN i = 1 THEN 1
          WHEN i % 50 = 0 THEN 2
          WHEN i % 250 IN (20, 21) THEN 3
          WHEN i % 500 = 10 THEN 4
          ELSE 5 END AS k
        FROM generate_series(?::bigint, ?::bigint) i) numbered
      JOIN (VALUES (1, ?, ?), (2, ?, ?), (3, ?, ?), (4, ?, ?), (5, ?, ?)) kind (k, type, payload)
        ON kind.k = numbered.k
      ORDER BY i
      """;

  private TradingLog() {}

  static void write(PostgresDatabase database, long events) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement fill = connection.prepareStatement(FILL);
        Statement vacuum = connection.createStatement()) {
      for (long from = 1; from <= events; from += 1_000_000) {
        fill.setLong(1, from);
        fill.setLong(2, Math.min(events, from + 999_999));
        int parameter = 3;
        for (String text : templates()) {
          fill.setString(parameter++, text);
        }
        fill.executeUpdate();
      }
      vacuum.execute("VACUUM ANALYZE event_log");
    }
  }

  /** Type and payload of each kind, in turn. */
  private static List<String> templates() {
    List<String> templates = new ArrayList<>();
    CanonicalJson json = new CanonicalJson();
    for (DomainEvent event : List.of(reset(), marked(), filled(), combined())) {
      templates.add(EventTypes.logicalName(event.getClass()));
      templates.add(new String(json.write(event), StandardCharsets.UTF_8));
    }
    templates.add("bench.Other");
    templates.add("{\"note\":\"" + "x".repeat(180) + "\"}");
    return templates;
  }

  private static PortfolioReset reset() {
    return new PortfolioReset("USDT", new BigDecimal("1000000"), "bench", 0, TIME);
  }

  private static PortfolioMarked marked() {
    BigDecimal zero = BigDecimal.ZERO;
    return new PortfolioMarked(
        "USDT",
        zero,
        new BigDecimal("1077777.77"),
        zero,
        zero,
        zero,
        List.of(),
        List.of(new SymbolMark(BTC, MID)),
        TIME);
  }

  private static OrderFilled filled() {
    BigDecimal zero = BigDecimal.ZERO;
    return new OrderFilled(
        "o",
        "f",
        "d",
        "_combined",
        0,
        new Venue("BINANCE"),
        BTC,
        Side.BUY,
        new BigDecimal("0.03"),
        MID,
        List.of(),
        new BigDecimal("1.50"),
        7.5,
        Liquidity.TAKER,
        1L,
        MID,
        MID,
        20,
        zero,
        new AccountAfterFill(zero, zero, null, zero, zero, zero),
        List.of(
            new FillShare("alpha-0", new BigDecimal("0.01"), new BigDecimal("0.50")),
            new FillShare("alpha-1", new BigDecimal("0.02"), new BigDecimal("1.00"))),
        TIME);
  }

  private static SignalsCombined combined() {
    List<AlphaSignal> signals = new ArrayList<>();
    for (int i = 0; i < ALPHAS; i++) {
      signals.add(
          new AlphaSignal("alpha-" + i, 0.9 - 0.4 * i, 0.2, BigDecimal.ZERO, BigDecimal.ZERO));
    }
    return new SignalsCombined(
        "rebalance",
        BTC,
        MID,
        0.1,
        new BigDecimal("20000"),
        new BigDecimal("10000"),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        signals,
        null,
        1,
        TIME);
  }
}
