package dev.papertape.query.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.query.budget.ProviderStandings.Standing;
import dev.papertape.query.report.Health.HealthStatus;
import dev.papertape.query.report.Health.ProcessHealth;
import dev.papertape.query.report.Health.ProjectionHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What counts as sick. DOWN: the database does not answer within two seconds ({@link
 * HealthController}). DEGRADED, each with its reason:
 *
 * <ul>
 *   <li>a projection cannot fold or write (state DEGRADED), or has parked events (dead letters);
 *   <li>a projection lags more than {@value #MOST_LAG} events;
 *   <li>no process with a heartbeat younger than {@value #FRESH_BEAT_MS} ms holds the engine's
 *       lease, so nothing trades;
 *   <li>a feed says a state other than CONNECTED or SYNCED;
 *   <li>a provider is UNKNOWN (its breaker is not closed), COOLING_DOWN, BANNED or EXHAUSTED.
 * </ul>
 *
 * <p>Everything else is UP.
 */
final class HealthRules {
  static final long MOST_LAG = 10_000;
  static final long FRESH_BEAT_MS = 5_000;
  static final String ENGINE_LEASE = "engine";

  private static final Set<String> GOOD_FEED = Set.of("CONNECTED", "SYNCED");

  private HealthRules() {}

  /** One sentence for each reason to be DEGRADED; empty when UP. */
  static List<String> reasons(
      List<ProjectionHealth> projections,
      List<ProcessHealth> processes,
      List<JsonNode> feeds,
      List<Standing> providers) {
    List<String> reasons = new ArrayList<>();
    projections.forEach(projection -> check(projection, reasons));
    boolean engineAlive =
        processes.stream()
            .anyMatch(
                process ->
                    process.ageMs() < FRESH_BEAT_MS && process.leases().contains(ENGINE_LEASE));
    if (!engineAlive) {
      reasons.add("no living process holds the engine's lease");
    }
    for (JsonNode feed : feeds) {
      String state = feed.path("state").asText("UNKNOWN");
      if (!GOOD_FEED.contains(state)) {
        reasons.add("feed " + feed.path("venue").asText("?") + " is " + state);
      }
    }
    providers.forEach(provider -> check(provider, reasons));
    return reasons;
  }

  private static void check(Standing provider, List<String> reasons) {
    switch (provider.state()) {
      case OK, SOFT_LIMIT -> {}
      case UNKNOWN, COOLING_DOWN, BANNED, EXHAUSTED ->
          reasons.add(
              "provider %s is %s: %s"
                  .formatted(provider.provider(), provider.state(), provider.reason()));
    }
  }

  static HealthStatus status(List<String> reasons) {
    return reasons.isEmpty() ? HealthStatus.UP : HealthStatus.DEGRADED;
  }

  private static void check(ProjectionHealth projection, List<String> reasons) {
    String name = "projection " + projection.name();
    if (projection.state().equals("DEGRADED")) {
      reasons.add(name + " is DEGRADED: " + projection.reason());
    }
    if (projection.deadLetters() > 0) {
      reasons.add(name + " has parked " + projection.deadLetters() + " events");
    }
    if (projection.lag() > MOST_LAG) {
      reasons.add(name + " lags " + projection.lag() + " events");
    }
  }
}
