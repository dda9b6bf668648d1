package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.EngineCommand.ReadStatus;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.population.NoPopulations;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.lease.Leases;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineRuntimeTest {
  private final LinkedBlockingQueue<Long> lives = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Long> released = new LinkedBlockingQueue<>();
  private final AtomicLong epochs = new AtomicLong();
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile @Nullable Runnable onLost;
  private final AtomicLong feedsOpen = new AtomicLong();
  private volatile boolean databaseAway;
  private volatile boolean unreadable;
  private volatile boolean featuresUnreadable;
  private final AtomicLong writersOpen = new AtomicLong();
  private volatile boolean lifeBegun;

  @Test
  void standsByUntilTheLeaseIsFree() throws InterruptedException {
    taken.set(true);
    try (EngineRuntime runtime = runtime()) {
      runtime.start();
      ReadStatus read = new ReadStatus(new CompletableFuture<>());
      runtime.send(read);
      assertThat(read.status().exceptionNow()).isInstanceOf(EngineUnavailable.NotLeaseHolder.class);
      taken.set(false);
      assertThat(lives.take()).isEqualTo(1);
    }
    assertThat(released.take()).isEqualTo(1);
    assertThat(feedsOpen).hasValue(0);
    assertThat(lifeBegun).as("its end was told").isFalse();
  }

  @Test
  void beginsANewLifeAfterTheLeaseWasLost() throws InterruptedException {
    try (EngineRuntime runtime = runtime()) {
      runtime.start();
      assertThat(lives.take()).isEqualTo(1);
      Runnable lost = onLost;
      assertThat(lost).isNotNull();
      lost.run();
      assertThat(lives.take()).isEqualTo(2);
    }
  }

  @Test
  void stepsDownWhenTheJournalFailsAndTriesAgain() throws InterruptedException {
    databaseAway = true;
    try (EngineRuntime runtime = runtime()) {
      runtime.start();
      assertThat(lives.take()).isEqualTo(1);
      assertThat(released.take()).as("its first facts could not be written").isEqualTo(1);
      databaseAway = false;
      assertThat(lives.take()).isEqualTo(2);
    }
  }

  @Test
  void aLifeThatCannotBeginLeavesNothingOpen() throws InterruptedException {
    unreadable = true;
    try (EngineRuntime runtime = runtime()) {
      runtime.start();
      assertThat(released.take()).isEqualTo(1);
      assertThat(feedsOpen).hasValue(0);
      assertThat(runtime.isHolder()).isFalse();
      assertThat(runtime.failedBegins()).isPositive();
      assertThat(lifeBegun).as("a standby's gauges show nothing").isFalse();
      unreadable = false;
      lives.take();
    }
  }

  @Test
  void Bug_4_aLifeThatFailsToReadItsFeaturesLeavesNoCandleWriter() throws InterruptedException {
    featuresUnreadable = true;
    try (EngineRuntime runtime = runtime()) {
      runtime.start();
      assertThat(released.take()).isEqualTo(1);
      assertThat(writersOpen).hasValue(0);
      featuresUnreadable = false;
      lives.take();
      assertThat(writersOpen).hasValue(1);
    }
    assertThat(writersOpen).hasValue(0);
  }

  private OnlineFeatures features() {
    if (featuresUnreadable) {
      throw new IllegalStateException("the database is away");
    }
    return OnlineFeatures.unkept();
  }

  private final class Archive implements CandleArchive {
    @Override
    public Map<Venue, Map<Symbol, CandleMemory>> recall(Set<Venue> venues) {
      return Map.of();
    }

    @Override
    public Writing open() {
      writersOpen.incrementAndGet();
      return new Writing() {
        @Override
        public void judged(JudgedCandle candle) {}

        @Override
        public void covered(Venue venue, Symbol symbol, Instant from, Instant to) {}

        @Override
        public void release() {}

        @Override
        public void close() {
          writersOpen.decrementAndGet();
        }
      };
    }
  }

  private EngineRuntime runtime() {
    MemoryLog log = new MemoryLog();
    EngineLife.Parts parts =
        new EngineLife.Parts(
            EngineRig.settings(1),
            log,
            new Journal(log),
            MemoryLog::decode,
            EngineRig.provenance(),
            _ -> features(),
            Feed::new,
            InstantSource.system(),
            new Follower(),
            new Archive(),
            _ -> {},
            NoPopulations.parts());
    return new EngineRuntime(
        this::acquire,
        (epoch, onEnd) -> {
          EngineLife life = EngineLife.begin(parts, epoch, onEnd);
          lives.add(epoch.number());
          return life;
        },
        Duration.ofMillis(1),
        InstantSource.system());
  }

  private Optional<Leases.Lease> acquire(String name, Runnable lost) {
    if (!taken.compareAndSet(false, true)) {
      return Optional.empty();
    }
    onLost = lost;
    Epoch epoch = new Epoch(name, epochs.incrementAndGet());
    return Optional.of(
        new Leases.Lease() {
          @Override
          public Epoch epoch() {
            return epoch;
          }

          @Override
          public boolean isHeld() {
            return true;
          }

          @Override
          public void close() {
            released.add(epoch.number());
            taken.set(false);
          }
        });
  }

  private final class Follower implements LifeListener {
    @Override
    public void began(Set<Venue> venues) {
      assertThat(venues).containsExactly(EngineRig.VENUE);
      assertThat(lifeBegun).isFalse();
      lifeBegun = true;
    }

    @Override
    public void durable(List<FactSink.EngineFact> facts, Appended appended) {
      assertThat(lifeBegun).isTrue();
    }

    @Override
    public void ended() {
      lifeBegun = false;
    }
  }

  private final class Journal implements FactJournal {
    private final MemoryLog log;

    private Journal(MemoryLog log) {
      this.log = log;
    }

    @Override
    public CompletableFuture<Appended> append(
        List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim) {
      return databaseAway
          ? CompletableFuture.failedFuture(
              new AppendFailure.DatabaseUnavailable(new IOException("away")))
          : CompletableFuture.completedFuture(new Appended(1, facts.size(), EngineRig.START));
    }

    @Override
    public CompletableFuture<Appended> appendWaiting(
        List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim) {
      return append(facts, epoch, claim);
    }
  }

  /** Sends the opening frames as soon as it is started. */
  private final class Feed implements MarketFeed.Opened {
    private Feed() {
      feedsOpen.incrementAndGet();
    }

    @Override
    public MarketState market() {
      if (unreadable) {
        throw new IllegalStateException("cannot begin");
      }
      return EngineRig.books();
    }

    @Override
    public void start(MarketFeed.Sink sink) {
      try {
        for (var input : new EngineRig().opening()) {
          sink.accept(input);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Set<Venue> venues() {
      return Set.of(EngineRig.VENUE);
    }

    @Override
    public boolean followsClock() {
      return false;
    }

    @Override
    public void close() {
      feedsOpen.decrementAndGet();
    }
  }
}
