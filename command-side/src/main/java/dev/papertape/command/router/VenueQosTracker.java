package dev.papertape.command.router;

import dev.papertape.command.market.BookView;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.VenueQos;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures one venue's quality of service, in feed time. Owned by the engine's thread: {@link
 * #observe} at its ticks, {@link #legEnded} for every leg that is over.
 */
public final class VenueQosTracker {
  private RouterPolicy policy;
  private final double configuredLatencyMs;
  private final DecayedRate uptime;
  private final DecayedRate fills;
  private final DecayedRate rejects;
  private final DecayedRate gaps;
  private final RecentLatencies latencies = new RecentLatencies();
  private @Nullable Instant observedAt;
  private long messages;
  private long brokenMessages;
  private double freshness;
  private long legs;

  /**
   * @param configuredLatencyMs stands for the latency until a leg has filled
   */
  public VenueQosTracker(RouterPolicy policy, double configuredLatencyMs) {
    this.policy = policy;
    this.configuredLatencyMs = configuredLatencyMs;
    double halfLife = policy.qosHalfLifeMs();
    // Priors: 9 of 10 seconds up, 9 of 10 legs filled, 1 of 10 rejected, 1 of 100 messages broken.
    this.uptime = new DecayedRate(halfLife, 9, 10);
    this.fills = new DecayedRate(halfLife, 9, 10);
    this.rejects = new DecayedRate(halfLife, 1, 10);
    this.gaps = new DecayedRate(halfLife, 1, 100);
  }

  /** Measures under another policy from now on; what was observed stays. */
  public void use(RouterPolicy newPolicy) {
    policy = newPolicy;
    for (DecayedRate rate : List.of(uptime, fills, rejects, gaps)) {
      rate.fade(newPolicy.qosHalfLifeMs());
    }
  }

  /**
   * Looks at all books of the venue; the time since the last look counts as the share of them that
   * is in order now.
   */
  public void observe(List<? extends BookView> books, Instant feedTime) {
    long synced = 0;
    long allMessages = 0;
    long allBroken = 0;
    @Nullable Instant newest = null;
    for (BookView view : books) {
      synced += view.state(feedTime) == BookState.SYNCED ? 1 : 0;
      allMessages += view.messages();
      allBroken += view.brokenMessages();
      Instant receivedAt = view.receivedAt();
      if (receivedAt != null && (newest == null || receivedAt.isAfter(newest))) {
        newest = receivedAt;
      }
    }
    if (observedAt != null && !books.isEmpty()) {
      double seconds = Duration.between(observedAt, feedTime).toMillis() / 1e3;
      uptime.observe(seconds * synced / books.size(), seconds, feedTime);
    }
    gaps.observe(allBroken - brokenMessages, allMessages - messages, feedTime);
    messages = allMessages;
    brokenMessages = allBroken;
    observedAt = feedTime;
    freshness = newest == null ? 0 : freshness(Duration.between(newest, feedTime).toMillis());
  }

  /**
   * A leg is over.
   *
   * @param latencyMs from the decision to its first fill, null if nothing filled
   */
  public void legEnded(
      BigDecimal routed, BigDecimal filled, @Nullable Long latencyMs, Instant feedTime) {
    fills.observe(filled.doubleValue() / routed.doubleValue(), 1, feedTime);
    rejects.observe(filled.signum() == 0 ? 1 : 0, 1, feedTime);
    if (latencyMs != null) {
      latencies.add(latencyMs);
    }
    legs++;
  }

  public VenueQos qos() {
    return new VenueQos(
        uptime.value(),
        freshness,
        fills.value(),
        rejects.value(),
        gaps.value(),
        latencies.p95(),
        legs);
  }

  /** In [0, 1]. */
  public double score() {
    return VenueScore.of(qos(), configuredLatencyMs, policy);
  }

  /** What routing needs of all this. */
  public VenueConditions conditions(@Nullable Gate closedBy) {
    VenueQos qos = qos();
    return new VenueConditions(
        qos.latencyP95Ms() == null ? configuredLatencyMs : qos.latencyP95Ms(),
        qos.fillRate(),
        qos.rejectRate(),
        VenueScore.of(qos, configuredLatencyMs, policy),
        closedBy);
  }

  private double freshness(long ageMs) {
    return StrictMath.exp(-Math.max(0, ageMs) / (double) policy.maxAgeMs());
  }
}
