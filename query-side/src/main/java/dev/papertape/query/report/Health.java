package dev.papertape.query.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reply of {@code GET /api/health}; what cannot be asked is null.
 *
 * @param status see {@link HealthRules}
 * @param reasons one sentence for each thing that keeps the status from UP
 * @param lastOHLCVSync feed time at which the candles of every stream that is fed were last
 *     complete: the newest sync of the one that is behind; null while one has never been synced
 * @param feeds as the process says that holds the engine's lease; empty without one
 */
record Health(
    HealthStatus status,
    List<String> reasons,
    Db db,
    Ws ws,
    Router router,
    Exec exec,
    @Nullable Instant lastOHLCVSync,
    List<ProjectionHealth> projections,
    List<JsonNode> feeds,
    Log log,
    List<ProcessHealth> processes,
    String release,
    long uptimeMs) {

  /** The worst thing found. */
  enum HealthStatus {
    UP,
    DEGRADED,
    DOWN
  }

  /**
   * @param latencyMs of one round trip, null when it failed
   * @param state {@code UP} or {@code DOWN}
   */
  record Db(@Nullable Double latencyMs, String state) {}

  /**
   * @param clients connected to the live stream, over all processes; null when nobody can be asked
   */
  record Ws(@Nullable Long clients) {}

  /**
   * @param decisionsLastMin in the last minute of feed time
   */
  record Router(@Nullable Long decisionsLastMin) {}

  /**
   * @param blockedLastMin orders blocked in the last minute of feed time
   */
  record Exec(@Nullable Long blockedLastMin) {}

  /**
   * @param lag events behind the head of the log
   * @param state as this process sees it; STANDBY when it runs elsewhere
   */
  record ProjectionHealth(
      String name,
      long position,
      long lag,
      String state,
      long deadLetters,
      @Nullable String reason) {}

  /**
   * @param treeSize leaves of the Merkle tree: one an event
   */
  record Log(@Nullable Long position, @Nullable Long treeSize) {}

  /**
   * @param ageMs since its newest heartbeat, by the database's clock
   * @param leases that it held then
   */
  record ProcessHealth(String processId, String role, long ageMs, List<String> leases) {}
}
