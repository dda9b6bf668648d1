package dev.papertape.eventstore.append;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.lease.Epoch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The journal in front of the appender. Facts are queued at once, in the order of the calls; they
 * are serialised and hashed on a small pool, or by the appender if it gets there first. So payloads
 * must not change after the call.
 *
 * <p>A fact whose id stands among the 64 newest of its stream fails its unit of work with {@link
 * AppendFailure.Conflict}: that is how a repeated append after a take-over is noticed. (The lean
 * schema has no index of event ids.)
 */
public final class GroupCommitFactJournal implements FactJournal, AutoCloseable {
  private final Appender appender;
  private final CanonicalJson json;
  private final EventNames names;
  private final ExecutorService preparation;

  public GroupCommitFactJournal(Appender appender, CanonicalJson json, EventNames names) {
    this.appender = appender;
    this.json = json;
    this.names = names;
    this.preparation =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().name("event-log-preparation-", 1).daemon().factory());
  }

  @Override
  public CompletableFuture<Appended> append(
      List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim) {
    AppendUnit unit = unit(facts, epoch, claim);
    appender.submit(unit);
    preparation.execute(unit::prepare);
    return unit.done();
  }

  @Override
  public CompletableFuture<Appended> appendWaiting(
      List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim)
      throws InterruptedException {
    AppendUnit unit = unit(facts, epoch, claim);
    appender.submitWaiting(unit);
    preparation.execute(unit::prepare);
    return unit.done();
  }

  /** Stops the pool; what is queued is still written. Close this before the appender. */
  @Override
  public void close() {
    preparation.shutdown();
    try {
      preparation.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AppendUnit unit(
      List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim) {
    if (facts.isEmpty()) {
      throw new IllegalArgumentException("a unit of work has at least one fact");
    }
    List<Fact> copy = List.copyOf(facts);
    return new AppendUnit(
        copy.size(), () -> copy.stream().map(this::prepared).toList(), false, epoch, claim);
  }

  private PreparedEvent prepared(Fact fact) {
    EventNames.EventName name = names.of(fact.payload().getClass());
    return PreparedEvent.of(
        fact.stream(),
        PreparedEvent.ASSIGNED_LATER,
        fact.streamType(),
        fact.eventId(),
        name.name(),
        name.revision(),
        json.write(fact.payload()),
        json.write(fact.metadata()));
  }
}
