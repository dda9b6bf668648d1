package dev.papertape.command.engine;

import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the engine from recordings, at real time, at a factor of it, or as fast as it goes. */
public final class RecordedMarketFeed implements MarketFeed {
  private static final Logger log = LoggerFactory.getLogger(RecordedMarketFeed.class);

  private final List<Path> files;
  private final double speed;
  private final long seed;

  /**
   * @param speed recorded seconds a second; {@link Double#POSITIVE_INFINITY} for as fast as it goes
   * @throws IllegalArgumentException with one sentence if a file is missing or no recording
   */
  public RecordedMarketFeed(List<Path> files, double speed, long seed) {
    this.files = List.copyOf(files);
    this.speed = speed;
    this.seed = seed;
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a RECORDING feed needs at least one recording to play");
    }
    // A start without its recordings fails at once; the engine would try for ever.
    recording().close();
  }

  @Override
  public Opened open() {
    return new Player(recording());
  }

  private RecordedFeed recording() {
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new IllegalArgumentException("the recording " + file + " cannot be read");
      }
    }
    try {
      return RecordedFeed.open(files, RecordedVenues.defaults());
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "the recordings cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private final class Player implements Opened {
    private final RecordedFeed feed;
    private final VenueBooks books;
    private @Nullable Thread thread;
    private volatile boolean closed;

    private Player(RecordedFeed feed) {
      this.feed = feed;
      this.books =
          new VenueBooks(
              feed.profiles(),
              MarketLimits.defaults(),
              SnapshotRequests.NONE,
              new SplittableRandom(seed));
    }

    @Override
    public MarketState market() {
      return books;
    }

    @Override
    public Set<Venue> venues() {
      return feed.profiles().stream()
          .map(VenueProfile::venue)
          .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void start(Sink sink) {
      thread = Thread.ofPlatform().name("recorded-feed").start(() -> play(sink));
    }

    @Override
    public boolean followsClock() {
      return false;
    }

    private void play(Sink sink) {
      long startedNanos = System.nanoTime();
      Instant first = null;
      long frames = 0;
      try {
        while (!closed && feed.hasNext()) {
          MarketInput input = feed.next();
          first = first == null ? input.receivedAt() : first;
          pace(Duration.between(first, input.receivedAt()), startedNanos);
          sink.accept(input);
          frames++;
        }
        log.info("the recording is at its end after {} frames", frames);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits until the moment of the recording has come. */
    private void pace(Duration intoRecording, long startedNanos) throws InterruptedException {
      if (Double.isInfinite(speed)) {
        return;
      }
      long due = startedNanos + (long) (intoRecording.toNanos() / speed);
      for (long left = due - System.nanoTime(); left > 0 && !closed; ) {
        LockSupport.parkNanos(left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        left = due - System.nanoTime();
      }
    }

    @Override
    public void close() {
      closed = true;
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
      feed.close();
    }
  }
}
