package dev.papertape.command.audit;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.EventLog;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One hash over everything that was decided: SHA-256 over the canonical JSON, each followed by a
 * line feed, of the payloads of the deciding events in log order. Payloads hold no recorded time
 * and no position, so the same recording, configuration and seed give the same hash.
 *
 * @param sha256 lower-case hex
 * @param events of all types in the range
 * @param byType number of deciding events of each logical name
 */
public record DecisionDigest(String sha256, long events, Map<String, Long> byType) {
  /** Logical names of the events that decide. */
  public static final Set<String> TYPES =
      Set.of(
          "regime.RegimeChanged",
          "alpha.SignalsCombined",
          "sizing.PositionSized",
          "execution.OrderAccepted",
          "router.OrderRouted",
          "router.OrderUnroutable",
          "execution.OrderBlocked",
          "execution.OrderFilled",
          "execution.OrderExpired",
          "execution.OrderCancelled");

  /** Over the events at positions ({@code after}, {@code upTo}]. */
  public static DecisionDigest of(EventLog log, long after, long upTo) {
    MessageDigest digest = CanonicalJson.sha256();
    Map<String, Long> counts = new TreeMap<>();
    log.forEach(
        after,
        upTo,
        row -> {
          if (TYPES.contains(row.payloadType())) {
            digest.update(row.payload());
            digest.update((byte) '\n');
            counts.merge(row.payloadType(), 1L, Long::sum);
          }
        });
    return new DecisionDigest(HexFormat.of().formatHex(digest.digest()), upTo - after, counts);
  }

  /** Routed and unroutable orders. */
  public long decisions() {
    return count("router.OrderRouted") + count("router.OrderUnroutable");
  }

  public long fills() {
    return count("execution.OrderFilled");
  }

  private long count(String type) {
    return byType.getOrDefault(type, 0L);
  }
}
