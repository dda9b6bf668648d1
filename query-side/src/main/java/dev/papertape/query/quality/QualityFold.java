package dev.papertape.query.quality;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QuarantineStatus;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection.Fold;
import dev.papertape.query.EventJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds the quality events; the first decision on a quarantined record stands. */
final class QualityFold implements Fold {
  private final EventJson json;
  private final Set<StreamKey> streams;
  private final Map<StreamKey, Standing> standings;
  private final Map<StreamKey, Closed> closed;
  private final Map<String, Case> open;

  /**
   * A stream's counts.
   *
   * @param before what all lives before this one had counted
   * @param counts of this life
   */
  record Standing(long life, StreamTotals before, StreamCounts counts) {}

  /** Running totals of a stream's quarantined records. */
  record Closed(long records, long released, long discarded) {
    static final Closed NONE = new Closed(0, 0, 0);
  }

  /** A quarantined record that nobody has decided on. */
  record Case(long position, StreamKey stream, String reason, long records) {}

  QualityFold(
      EventJson json,
      Set<StreamKey> streams,
      Map<StreamKey, Standing> standings,
      Map<StreamKey, Closed> closed,
      Map<String, Case> open) {
    this.json = json;
    this.streams = streams;
    this.standings = standings;
    this.closed = closed;
    this.open = open;
  }

  @Override
  public void apply(LoggedEvent logged, Changes changes) {
    long position = logged.position();
    DomainEvent event = json.event(logged);
    switch (event) {
      case VenueRegistered registered ->
          registered
              .symbols()
              .forEach(
                  rules ->
                      Arrays.stream(Channel.values())
                          .map(channel -> StreamKey.of(registered.venue(), rules.symbol(), channel))
                          .forEach(key -> know(key, position, changes)));
      case VenueScored scored -> clock(scored.feedTime(), position, changes);
      case QualityEvent quality -> apply(quality, position, changes);
      default -> throw new IllegalArgumentException("not folded here: " + logged.payloadType());
    }
  }

  private void apply(QualityEvent event, long position, Changes changes) {
    switch (event) {
      case QualityObserved observed -> {
        clock(observed.feedTime(), position, changes);
        for (StreamCounts counts : observed.streams()) {
          StreamKey key = StreamKey.of(observed.venue(), counts.symbol(), counts.channel());
          observe(key, observed.life(), counts, position, changes);
        }
      }
      case RecordQuarantined record -> {
        clock(record.feedTime(), position, changes);
        StreamKey key = key(record);
        observe(key, record.life(), record.counts(), position, changes);
        Case held = new Case(position, key, record.reason().name(), record.records());
        open.put(record.quarantineId(), held);
        write(record.quarantineId(), held, QuarantineStatus.OPEN, null, changes);
        total(key, record.records(), 0, 0, position, changes);
      }
      case QuarantineReleased released ->
          decide(released, QuarantineStatus.RELEASED, position, changes);
      case QuarantineDiscarded discarded ->
          decide(discarded, QuarantineStatus.DISCARDED, position, changes);
    }
  }

  private void decide(
      QuarantineEvent event, QuarantineStatus status, long position, Changes changes) {
    Case held = open.remove(event.quarantineId());
    if (held == null) {
      return;
    }
    write(event.quarantineId(), held, status, position, changes);
    boolean released = status == QuarantineStatus.RELEASED;
    total(
        held.stream,
        0,
        released ? held.records : 0,
        released ? 0 : held.records,
        position,
        changes);
  }

  private void observe(
      StreamKey key, long life, StreamCounts counts, long position, Changes changes) {
    know(key, position, changes);
    Standing standing = standings.get(key);
    if (standing == null || life > standing.life) {
      StreamTotals before =
          standing == null ? StreamTotals.NONE : standing.before.plus(standing.counts);
      standing = new Standing(life, before, counts);
      changes.upsert(QualityTables.LIFE, key.columns(life), List.of(json.column(before)));
    }
    standings.put(key, new Standing(life, standing.before, counts));
    changes.upsert(QualityTables.OBSERVED, key.columns(position), List.of(life));
  }

  private void know(StreamKey key, long position, Changes changes) {
    if (streams.add(key)) {
      changes.upsert(QualityTables.STREAM, key.columns(), List.of(position));
    }
  }

  private void total(
      StreamKey key, long records, long released, long discarded, long position, Changes changes) {
    Closed before = closed.getOrDefault(key, Closed.NONE);
    Closed after =
        new Closed(
            before.records + records, before.released + released, before.discarded + discarded);
    closed.put(key, after);
    changes.upsert(
        QualityTables.QUARANTINED,
        key.columns(position),
        List.of(after.records, after.released, after.discarded));
  }

  private static void write(
      String id,
      Case held,
      QuarantineStatus status,
      @Nullable Long decidedPosition,
      Changes changes) {
    changes.upsert(
        QualityTables.QUARANTINE,
        List.of(id),
        Arrays.<@Nullable Object>asList(
            held.position,
            held.stream.venue(),
            held.stream.symbol(),
            held.stream.channel().name(),
            held.reason,
            status.name(),
            held.records,
            decidedPosition));
  }

  private static void clock(Instant feedTime, long position, Changes changes) {
    changes.upsert(QualityTables.CLOCK, List.of(position), List.of(feedTime.toEpochMilli()));
  }

  private static StreamKey key(QuarantineEvent event) {
    return StreamKey.of(event.venue(), event.symbol(), event.channel());
  }

  /**
   * The stream's counts in an event that holds them.
   *
   * @throws IllegalArgumentException if it does not
   */
  static StreamCounts counts(QualityEvent event, StreamKey key) {
    return switch (event) {
      case RecordQuarantined record -> record.counts();
      case QualityObserved observed ->
          observed.streams().stream()
              .filter(
                  counts ->
                      StreamKey.of(observed.venue(), counts.symbol(), counts.channel()).equals(key))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no counts of " + key));
      case QuarantineReleased _, QuarantineDiscarded _ ->
          throw new IllegalArgumentException("no counts of " + key + " in " + event);
    };
  }
}
