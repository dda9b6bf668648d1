package dev.papertape.eventstore.append;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.CanonicalSerializer;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.log.PostgresEventLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage engine on the group-committing appender. {@link #appendEvents} returns when the
 * events are durable; tokens are plain positions, since no gap can exist.
 *
 * <p>Appending throws {@link ConcurrencyException} or {@link AggregateStreamCreationException} when
 * a sequence is taken, {@link AppendFailure} when the queue is full, the key was claimed, the
 * database is away or the outcome is not known, and {@link IllegalArgumentException} for what may
 * not be stored: an unregistered payload, an event identifier that is no UUID.
 */
public final class GroupCommitEventStorageEngine extends BatchingEventStorageEngine {
  private final Appender appender;
  private final PostgresEventLog log;
  private final SnapshotTable snapshots;
  private final EventNames names;

  private GroupCommitEventStorageEngine(Builder builder) {
    super(builder);
    this.appender = builder.appender;
    this.log = builder.log;
    this.snapshots = builder.snapshots;
    this.names = builder.names;
  }

  /**
   * @param upcasters applied when events are read, as Axon does
   * @param snapshotFilter decides which stored snapshots are still of use
   */
  public static GroupCommitEventStorageEngine create(
      Appender appender,
      PostgresEventLog log,
      SnapshotTable snapshots,
      CanonicalJson json,
      EventNames names,
      EventUpcaster upcasters,
      SnapshotFilter snapshotFilter) {
    Builder builder = new Builder(appender, log, snapshots, names);
    builder
        .batchSize(Builder.FETCH_ROWS)
        .eventSerializer(new CanonicalSerializer(json, names))
        .snapshotSerializer(new CanonicalSerializer(CanonicalJson.ofFields(), names))
        .upcasterChain(upcasters)
        .snapshotFilter(snapshotFilter);
    return new GroupCommitEventStorageEngine(builder);
  }

  @Override
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    if (events.isEmpty()) {
      return;
    }
    AppendUnit unit =
        new AppendUnit(
            events.size(),
            () -> events.stream().map(event -> prepared(event, serializer)).toList(),
            true,
            null,
            AppendScope.currentClaim());
    // On the caller's thread: the appender has better things to do.
    unit.events();
    appender.submitAwaited(unit);
    AppendScope.appended(await(unit.done(), events.getFirst()));
  }

  private PreparedEvent prepared(EventMessage<?> event, Serializer serializer) {
    EventNames.EventName name = names.of(event.getPayloadType());
    SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
    SerializedObject<byte[]> metadata = event.serializeMetaData(serializer, byte[].class);
    boolean ofAggregate = event instanceof DomainEventMessage<?>;
    DomainEventMessage<?> domainEvent = ofAggregate ? (DomainEventMessage<?>) event : null;
    return PreparedEvent.of(
        domainEvent == null ? event.getIdentifier() : domainEvent.getAggregateIdentifier(),
        domainEvent == null ? 0 : domainEvent.getSequenceNumber(),
        domainEvent == null || domainEvent.getType() == null ? "" : domainEvent.getType(),
        eventId(event),
        name.name(),
        name.revision(),
        payload.getData(),
        metadata.getData());
  }

  static UUID eventId(EventMessage<?> event) {
    UUID id = UUID.fromString(event.getIdentifier());
    if (!id.toString().equals(event.getIdentifier())) {
      throw new IllegalArgumentException(
          "event identifier " + event.getIdentifier() + " is not a UUID in lower case");
    }
    return id;
  }

  private static Appended await(CompletableFuture<Appended> done, EventMessage<?> first) {
    try {
      return done.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case AppendFailure.Conflict conflict when conflict.sequence() == 0 ->
            new AggregateStreamCreationException(conflict.getMessage(), conflict);
        case AppendFailure.Conflict conflict ->
            new ConcurrencyException(conflict.getMessage(), conflict);
        case RuntimeException failure -> failure;
        case Error error -> throw error;
        default -> new IllegalStateException("cannot append " + first.getIdentifier(), e);
      };
    }
  }

  @Override
  protected List<? extends DomainEventData<?>> fetchDomainEvents(
      String aggregateIdentifier, long firstSequenceNumber, int batchSize) {
    return log.stream(aggregateIdentifier, firstSequenceNumber, batchSize).stream()
        .map(GroupCommitEventStorageEngine::entry)
        .toList();
  }

  @Override
  protected List<? extends TrackedEventData<?>> fetchTrackedEvents(
      @Nullable TrackingToken lastToken, int batchSize) {
    long position = lastToken == null ? 0 : lastToken.position().orElse(0);
    return log.after(position, batchSize).stream()
        .map(
            event ->
                new TrackedDomainEventData<>(
                    new GlobalSequenceTrackingToken(event.position()), entry(event)))
        .toList();
  }

  @Override
  protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
    snapshots.store(snapshot, serializer);
  }

  @Override
  protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
    return snapshots.read(aggregateIdentifier).stream();
  }

  @Override
  public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
    return log.lastSequence(aggregateIdentifier);
  }

  /** Before the first event. */
  @Override
  public TrackingToken createTailToken() {
    return new GlobalSequenceTrackingToken(0);
  }

  /** After the event that is newest now. */
  @Override
  public TrackingToken createHeadToken() {
    return new GlobalSequenceTrackingToken(log.head());
  }

  /** Before the first event recorded at or after {@code dateTime}. */
  @Override
  public TrackingToken createTokenAt(Instant dateTime) {
    return new GlobalSequenceTrackingToken(log.lastBefore(dateTime));
  }

  private static GenericDomainEventEntry<byte[]> entry(LoggedEvent event) {
    return new GenericDomainEventEntry<>(
        event.streamType().isEmpty() ? null : event.streamType(),
        event.stream(),
        event.sequence(),
        event.eventId().toString(),
        event.recordedAt(),
        event.payloadType(),
        event.payloadRevision(),
        event.payload(),
        event.metadata());
  }

  /** Axon's builder, which its base class wants. */
  private static final class Builder extends BatchingEventStorageEngine.Builder {
    private static final int FETCH_ROWS = 1_000;

    private final Appender appender;
    private final PostgresEventLog log;
    private final SnapshotTable snapshots;
    private final EventNames names;

    Builder(Appender appender, PostgresEventLog log, SnapshotTable snapshots, EventNames names) {
      this.appender = appender;
      this.log = log;
      this.snapshots = snapshots;
      this.names = names;
    }
  }
}
