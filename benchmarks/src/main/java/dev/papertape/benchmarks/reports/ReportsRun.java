package dev.papertape.benchmarks.reports;

import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.projection.Projections;
import dev.papertape.query.QuerySideApplication;
import dev.papertape.query.report.ReportProjection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A query side over a log of so many events, with its reports folded. */
final class ReportsRun implements AutoCloseable {
  /** Each alpha's fees, turnover and cash flow of seven days, from the log itself. */
  private static final String NAIVE =
      """
      WITH fills AS (
        SELECT convert_from(payload, 'UTF8')::jsonb AS fill FROM event_log
        WHERE payload_type = 'execution.OrderFilled'),
      newest AS (SELECT max((fill ->> 'feedTime')::timestamptz) AS at FROM fills)
      SELECT share ->> 'alphaId', sum((share ->> 'fee')::numeric),
        sum((share ->> 'quantity')::numeric * (fill ->> 'price')::numeric),
        sum((CASE fill ->> 'side' WHEN 'BUY' THEN -1 ELSE 1 END)
          * (share ->> 'quantity')::numeric * (fill ->> 'price')::numeric)
      FROM fills, newest, jsonb_array_elements(fill -> 'shares') share
      WHERE (fill ->> 'feedTime')::timestamptz > newest.at - interval '7 days'
      GROUP BY 1
      """;

  private final PostgresDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final double foldedPerSecond;
  private ConfigurableApplicationContext application;

  /**
   * Writes the log, folds the reports, and puts the other projections where the log ends: they are
   * not what is measured.
   */
  ReportsRun(PostgresDatabase database, long events) throws Exception {
    this.database = database;
    this.application = start();
    untilAllHaveBegun(application.getBean(Projections.class).all().size());
    application.close();
    TradingLog.write(database, events);
    execute(
        "UPDATE projection_position SET position = "
            + events
            + ", replay_until = 0 WHERE projection <> '"
            + ReportProjection.NAME
            + "'");
    long began = System.nanoTime();
    this.application = start();
    boolean folded =
        application
            .getBean(Projections.class)
            .find(ReportProjection.NAME)
            .orElseThrow()
            .awaitPosition(events, Duration.ofMinutes(30));
    if (!folded) {
      throw new IllegalStateException("reports were not folded in 30 minutes");
    }
    foldedPerSecond = events / ((System.nanoTime() - began) / 1e9);
    execute("VACUUM ANALYZE report_ledger");
    execute("VACUUM ANALYZE report_equity");
  }

  /** Each projection's row is written when it first opens; a second one must find it there. */
  private void untilAllHaveBegun(int projections) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM projection_position")) {
          rows.next();
          if (rows.getInt(1) == projections) {
            return;
          }
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("projections have not begun in two minutes");
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(QuerySideApplication.class)
        .run(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--logging.level.root=warn",
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=" + database.user(),
            "--spring.datasource.password=" + database.password(),
            "--papertape.env=PROD",
            "--papertape.process.role=query-side");
  }

  double foldedPerSecond() {
    return foldedPerSecond;
  }

  /** 99th percentile of so many requests, one after the other, after a fifth as many unmeasured. */
  double p99Ms(String path, int requests) throws IOException, InterruptedException {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    for (int i = 0; i < requests / 5; i++) {
      get(request);
    }
    long[] nanos = new long[requests];
    for (int i = 0; i < requests; i++) {
      long began = System.nanoTime();
      get(request);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    return nanos[(int) Math.ceil(requests * 0.99) - 1] / 1e6;
  }

  private void get(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(request.uri() + ": " + response.statusCode());
    }
  }

  /** The faster of two. */
  double naiveMs() throws SQLException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      long began = System.nanoTime();
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(NAIVE)) {
        if (!rows.next()) {
          throw new IllegalStateException("no fills in the log");
        }
      }
      best = Math.min(best, (System.nanoTime() - began) / 1e6);
    }
    return best;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    http.close();
    application.close();
  }
}
