package dev.papertape.command.quality;

import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counters of records by outcome and of what the guards found by reason, moved by durable events so
 * that they never say more than the log. Events of one life come in order.
 */
public final class QualityMetrics {
  private static final String RECORDS = "data.quality.records";
  private static final String FINDINGS = "data.quality.findings";

  private final MeterRegistry registry;
  private final Map<String, StreamCounts> before = new HashMap<>();
  private long life;

  /**
   * @param venues the configured ones, whose counters are there from the first scrape on
   */
  public QualityMetrics(MeterRegistry registry, Collection<Venue> venues) {
    this.registry = registry;
    for (Venue venue : venues) {
      for (Channel channel : Channel.values()) {
        records(venue, channel, "accepted", 0);
        records(venue, channel, "rejected", 0);
        records(venue, channel, "quarantined", 0);
        findings(venue, channel, QualityReason.SCHEMA, 0);
      }
    }
  }

  /** An event is in the log; one of an earlier life than the newest seen counts nothing. */
  public synchronized void durable(QualityEvent event) {
    switch (event) {
      case QualityEvent.QualityObserved observed -> {
        if (isOfThisLife(observed.life())) {
          observed.streams().forEach(counts -> move(event.venue(), counts));
        }
      }
      case QualityEvent.RecordQuarantined quarantined -> {
        if (isOfThisLife(quarantined.life())) {
          move(event.venue(), quarantined.counts());
        }
      }
      case QualityEvent.QuarantineReleased _, QualityEvent.QuarantineDiscarded _ -> {}
    }
  }

  private boolean isOfThisLife(long of) {
    if (of > life) {
      life = of;
      before.clear();
    }
    return of == life;
  }

  private void move(Venue venue, StreamCounts now) {
    Channel channel = now.channel();
    @Nullable StreamCounts known = before.put(venue + "/" + now.symbol() + "/" + channel, now);
    StreamCounts from = known == null ? StreamCounts.none(now.symbol(), channel) : known;
    records(venue, channel, "accepted", now.accepted() - from.accepted());
    records(venue, channel, "rejected", now.rejected() - from.rejected());
    records(venue, channel, "quarantined", now.quarantined() - from.quarantined());
    now.byReason()
        .forEach(
            (reason, found) ->
                findings(venue, channel, reason, found - from.byReason().getOrDefault(reason, 0L)));
  }

  private void records(Venue venue, Channel channel, String outcome, long more) {
    Counter.builder(RECORDS)
        .description("Market data records by what became of them")
        .tags("venue", venue.name(), "channel", channel.name(), "outcome", outcome)
        .register(registry)
        .increment(more);
  }

  private void findings(Venue venue, Channel channel, QualityReason reason, long more) {
    Counter.builder(FINDINGS)
        .description("What guards found in market data, whatever became of the record")
        .tags("venue", venue.name(), "channel", channel.name(), "reason", reason.name())
        .register(registry)
        .increment(more);
  }
}
