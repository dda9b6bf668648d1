package dev.papertape.eventstore.heartbeat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes this process's row once a second, and removes rows that nobody wrote for a minute. */
public final class Heartbeat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final String BEAT =
      """
      INSERT INTO process_heartbeat (process_id, role, started_at, beat_at, lease_epochs, stats)
      VALUES (?, ?, clock_timestamp(), clock_timestamp(), ?::jsonb, ?::jsonb)
      ON CONFLICT (process_id) DO UPDATE
        SET beat_at = excluded.beat_at, lease_epochs = excluded.lease_epochs,
            stats = excluded.stats
      """;

  private final DataSource dataSource;
  private final ProcessIdentity process;
  private final Supplier<Map<String, Long>> leaseEpochs;
  private final List<HeartbeatContributor> contributors;
  private final ObjectMapper mapper;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heartbeat").daemon(true).factory());

  public Heartbeat(
      DataSource dataSource,
      ProcessIdentity process,
      Supplier<Map<String, Long>> leaseEpochs,
      List<HeartbeatContributor> contributors,
      ObjectMapper mapper) {
    this.dataSource = dataSource;
    this.process = process;
    this.leaseEpochs = leaseEpochs;
    this.contributors = List.copyOf(contributors);
    this.mapper = mapper;
  }

  public void start() {
    executor.scheduleWithFixedDelay(this::beatOrWarn, 0, 1, TimeUnit.SECONDS);
  }

  /** Ends the thread and removes the row: a process that stopped in order is not missed. */
  @Override
  public void close() {
    executor.shutdown();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM process_heartbeat WHERE process_id = ?")) {
      if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
        log.warn("the last heartbeat is still being written");
      }
      statement.setString(1, process.id());
      statement.executeUpdate();
    } catch (SQLException left) {
      log.warn("the heartbeat row is left for others to remove: {}", left.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void beat() throws SQLException, JsonProcessingException {
    Map<String, Object> stats = new TreeMap<>();
    for (HeartbeatContributor contributor : contributors) {
      stats.put(contributor.name(), said(contributor));
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement beat = connection.prepareStatement(BEAT);
        Statement remove = connection.createStatement()) {
      beat.setString(1, process.id());
      beat.setString(2, process.role());
      beat.setString(3, mapper.writeValueAsString(leaseEpochs.get()));
      beat.setString(4, mapper.writeValueAsString(stats));
      beat.executeUpdate();
      remove.executeUpdate(
          "DELETE FROM process_heartbeat"
              + " WHERE beat_at < clock_timestamp() - interval '1 minute'");
    }
  }

  private static Object said(HeartbeatContributor contributor) {
    try {
      return contributor.value();
    } catch (RuntimeException failure) {
      // One that fails must not make its process look dead.
      return Map.of("failed", failure.toString());
    }
  }

  private void beatOrWarn() {
    try {
      beat();
    } catch (SQLException | JsonProcessingException | RuntimeException failure) {
      log.warn("no heartbeat: {}", failure.toString());
    }
  }
}
