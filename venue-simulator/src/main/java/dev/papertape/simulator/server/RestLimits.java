package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.RequestCost;
import dev.papertape.simulator.binance.RequestWeights;
import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.coinbase.CallsPerSecond;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.kraken.CallCounter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much a venue lets one address ask for, in its wire's own terms, and what it has counted in
 * all: who keeps a ledger of it can compare. Thread-safe.
 */
final class RestLimits {

  /**
   * What one call did.
   *
   * @param headers of its answer, whatever that is
   * @param refusal when it was not let through
   */
  record Charge(Map<String, String> headers, Optional<RestReply> refusal) {}

  @FunctionalInterface
  private interface Rule {
    Charge charge(
        String address, String path, Map<String, List<String>> parameters, long nowMillis);
  }

  private final Rule rule;
  private long served;
  private long refused;
  private OptionalLong used = OptionalLong.empty();

  private RestLimits(Rule rule) {
    this.rule = rule;
  }

  static RestLimits of(VenueConfig config) {
    return new RestLimits(
        switch (config.wire()) {
          case BINANCE ->
              weights(new RequestWeights(config.weightPerMinute(), config.refusalsBeforeBan()));
          case COINBASE -> perSecond(new CallsPerSecond());
          case KRAKEN -> counter(new CallCounter());
        });
  }

  synchronized Charge charge(
      String address, String path, Map<String, List<String>> parameters, long nowMillis) {
    Charge charge = rule.charge(address, path, parameters, nowMillis);
    if (charge.refusal().isPresent()) {
      refused++;
    } else {
      served++;
    }
    String weight = charge.headers().get("X-MBX-USED-WEIGHT-1M");
    if (weight != null) {
      used = OptionalLong.of(Long.parseLong(weight));
    }
    return charge;
  }

  /** Calls let through and refused since the start; the weight of the newest caller's minute. */
  synchronized String json() {
    return String.format(
        Locale.ROOT,
        "{\"served\":%d,\"refused\":%d,\"usedWeight\":%s}",
        served,
        refused,
        used.isPresent() ? Long.toString(used.getAsLong()) : "null");
  }

  private static Rule weights(RequestWeights weights) {
    return (address, path, parameters, now) -> {
      RequestWeights.Charge charge = weights.charge(address, RequestCost.of(path, parameters), now);
      String used = Integer.toString(charge.used());
      return new Charge(
          Map.of("X-MBX-USED-WEIGHT", used, "X-MBX-USED-WEIGHT-1M", used), charge.refusal());
    };
  }

  private static Rule perSecond(CallsPerSecond calls) {
    return (address, path, parameters, now) -> {
      CallsPerSecond.Charge charge = calls.charge(address, now);
      return new Charge(
          Map.of(
              "x-ratelimit-limit",
              Integer.toString(CallsPerSecond.LIMIT),
              "x-ratelimit-remaining",
              Integer.toString(charge.remaining()),
              "x-ratelimit-reset",
              Long.toString(charge.resetSeconds())),
          charge.refusal());
    };
  }

  private static Rule counter(CallCounter counter) {
    return (address, path, parameters, now) -> new Charge(Map.of(), counter.charge(address, now));
  }
}
