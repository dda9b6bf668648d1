package dev.papertape.query.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.heartbeat.Heartbeats;
import dev.papertape.eventstore.heartbeat.ProcessBeat;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Projections;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.query.budget.ProviderStandings;
import dev.papertape.query.deploy.DeployQueries;
import dev.papertape.query.execution.OrderQueries;
import dev.papertape.query.market.CandleQueries;
import dev.papertape.query.market.CandleQueries.Stream;
import dev.papertape.query.report.Health.Db;
import dev.papertape.query.report.Health.Exec;
import dev.papertape.query.report.Health.HealthStatus;
import dev.papertape.query.report.Health.Log;
import dev.papertape.query.report.Health.ProcessHealth;
import dev.papertape.query.report.Health.ProjectionHealth;
import dev.papertape.query.report.Health.Router;
import dev.papertape.query.report.Health.Ws;
import dev.papertape.query.router.RouterQueries;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks the database, and with it every process, how it is. May take as long as the database does;
 * see {@link HealthProbe}. Without the log the release is the configured one, {@code
 * papertape.release}.
 */
@Component
final class HealthExamination {
  private final DataSource dataSource;
  private final EventLog log;
  private final Projections projections;
  private final Heartbeats heartbeats;
  private final RouterQueries router;
  private final OrderQueries orders;
  private final CandleQueries candles;
  private final DeployQueries deploy;
  private final ProviderStandings providers;
  private final Clock clock;
  private final String release;

  HealthExamination(
      DataSource dataSource,
      EventLog log,
      Projections projections,
      Heartbeats heartbeats,
      RouterQueries router,
      OrderQueries orders,
      CandleQueries candles,
      DeployQueries deploy,
      ProviderStandings providers,
      Clock clock,
      @Value("${papertape.release:baseline}") String release) {
    this.dataSource = dataSource;
    this.log = log;
    this.projections = projections;
    this.heartbeats = heartbeats;
    this.router = router;
    this.orders = orders;
    this.candles = candles;
    this.deploy = deploy;
    this.providers = providers;
    this.clock = clock;
    this.release = release;
  }

  /** UP or DEGRADED, as {@link HealthRules} say. */
  Positioned<Health> examine() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return ask(connection);
    }
  }

  /** DOWN, with the one reason there is; asks nobody. */
  Positioned<Health> down(String reason) {
    return new Positioned<>(silent(reason), clock.instant(), 0);
  }

  private Positioned<Health> ask(Connection connection) throws SQLException {
    double latencyMs = roundTripMs(connection);
    List<LoggedEvent> newest = log.before(Long.MAX_VALUE, 1);
    long head = newest.isEmpty() ? 0 : newest.getFirst().position();
    List<ProcessBeat> beats = heartbeats.read();
    List<ProjectionHealth> stand =
        projections.status().stream()
            .map(
                p ->
                    new ProjectionHealth(
                        p.name(),
                        p.position(),
                        p.lag(),
                        p.state().name(),
                        p.deadLetters(),
                        p.reason()))
            .toList();
    List<ProcessHealth> processes = beats.stream().map(HealthExamination::process).toList();
    List<JsonNode> feeds = feeds(beats);
    List<String> reasons = HealthRules.reasons(stand, processes, feeds, providers.now(connection));
    Health health =
        new Health(
            HealthRules.status(reasons),
            reasons,
            new Db(latencyMs, "UP"),
            new Ws(clients(beats)),
            new Router(router.decisionsLastMinute(connection)),
            new Exec(orders.blockedLastMinute(connection)),
            candles.lastSync(connection, streams(feeds)),
            stand,
            feeds,
            new Log(head, head),
            processes,
            deploy.activeRelease(connection),
            uptimeMs());
    return new Positioned<>(
        health, newest.isEmpty() ? clock.instant() : newest.getFirst().recordedAt(), head);
  }

  private Health silent(String reason) {
    return new Health(
        HealthStatus.DOWN,
        List.of(reason),
        new Db(null, "DOWN"),
        new Ws(null),
        new Router(null),
        new Exec(null),
        null,
        List.of(),
        List.of(),
        new Log(null, null),
        List.of(),
        release,
        uptimeMs());
  }

  private static double roundTripMs(Connection connection) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static ProcessHealth process(ProcessBeat beat) {
    return new ProcessHealth(
        beat.processId(),
        beat.role(),
        beat.age().toMillis(),
        beat.leaseEpochs().keySet().stream().sorted().toList());
  }

  /** Of the newest holder of the engine's lease: a former one may still have a row. */
  private static List<JsonNode> feeds(List<ProcessBeat> beats) {
    List<JsonNode> feeds = new ArrayList<>();
    beats.stream()
        .filter(beat -> beat.leaseEpochs().containsKey(HealthRules.ENGINE_LEASE))
        .max(Comparator.comparing(beat -> beat.leaseEpochs().get(HealthRules.ENGINE_LEASE)))
        .ifPresent(beat -> beat.stats().path("feeds").forEach(feeds::add));
    return feeds;
  }

  private static List<Stream> streams(List<JsonNode> feeds) {
    return feeds.stream()
        .map(feed -> new Stream(feed.path("venue").asText(), feed.path("symbol").asText()))
        .toList();
  }

  private static long clients(List<ProcessBeat> beats) {
    return beats.stream()
        .filter(beat -> beat.age().toMillis() < HealthRules.FRESH_BEAT_MS)
        .mapToLong(beat -> beat.stats().path("ws").path("clients").asLong(0))
        .sum();
  }

  private static long uptimeMs() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }
}
