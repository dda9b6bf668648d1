package dev.papertape.command.market.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.ContractCounts;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one live frame in so many against its contract, one book's message in so many as it was
 * decoded, and everything that was fetched; for development, where a venue that changes its wire is
 * to be noticed before it hurts. A thread of its own does it: a connector only copies the sampled
 * frame, and when the thread falls behind the sample is dropped and counted.
 */
public final class SampledFrames implements FrameTap, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SampledFrames.class);
  private static final int WAITING = 64;
  private static final long LEAST_BETWEEN_WARNINGS_NANOS = 10_000_000_000L;

  private sealed interface Sample {
    Venue venue();
  }

  /**
   * @param url null for a frame
   */
  private record Wire(Venue venue, @Nullable String url, byte[] text) implements Sample {}

  /** A change of a book, or a whole one, as it was decoded. */
  private record Book(VenueInput decoded) implements Sample {
    @Override
    public Venue venue() {
      return decoded.venue();
    }
  }

  private final WireContracts contracts;
  private final ContractCounts counts;
  private final Map<Venue, WireProtocol> wires;
  private final int every;
  private final BlockingQueue<Sample> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong seen = new AtomicLong();
  private final AtomicLong booksSeen = new AtomicLong();
  private final AtomicLong checked = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread checking;
  private long warned = System.nanoTime() - LEAST_BETWEEN_WARNINGS_NANOS;

  /**
   * @param wires what each venue speaks
   * @param every one frame in this many is looked at, &gt; 0
   */
  public SampledFrames(
      WireContracts contracts, ContractCounts counts, Map<Venue, WireProtocol> wires, int every) {
    this.contracts = contracts;
    this.counts = counts;
    this.wires = Map.copyOf(wires);
    this.every = every;
    this.checking = Thread.ofPlatform().daemon().name("contract-samples").unstarted(this::work);
    checking.start();
  }

  @Override
  public void connected(
      Venue venue, Instant at, String address, List<InstrumentRules> instruments) {}

  @Override
  public void frame(Venue venue, Instant at, byte[] bytes, int length) {
    if (seen.getAndIncrement() % every == 0) {
      offer(new Wire(venue, null, Arrays.copyOf(bytes, length)));
    }
  }

  @Override
  public void decoded(VenueInput input) {
    switch (input) {
      case VenueInput.Bundle bundle -> bundle.parts().forEach(this::decoded);
      case VenueInput.DepthDiff _, VenueInput.DepthSnapshot _ -> {
        if (booksSeen.getAndIncrement() % every == 0) {
          offer(new Book(input));
        }
      }
      default -> {}
    }
  }

  @Override
  public void fetched(Venue venue, Instant at, String url, byte[] body) {
    offer(new Wire(venue, url, body));
  }

  @Override
  public void disconnected(Venue venue) {}

  /** Samples that were looked at. */
  public long checked() {
    return checked.get();
  }

  /** Samples that nobody had time for. */
  public long dropped() {
    return dropped.get();
  }

  @Override
  public void close() {
    checking.interrupt();
  }

  private void offer(Sample sample) {
    if (!waiting.offer(sample)) {
      dropped.incrementAndGet();
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        check(waiting.take());
        checked.incrementAndGet();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(Sample sample) {
    switch (sample) {
      case Wire wire -> check(wire);
      case Book book ->
          contracts.ofBook(book.decoded()).ifPresent(each -> hold(book.venue(), each));
    }
  }

  private void check(Wire sample) {
    WireProtocol wire = wires.get(sample.venue());
    if (wire == null) {
      return;
    }
    try {
      JsonNode message = WireContracts.parse(sample.text(), 0, sample.text().length);
      String url = sample.url();
      Optional<WireContracts.Bound> bound =
          url == null ? contracts.ofFrame(wire, message) : contracts.ofFetched(wire, url, message);
      bound.ifPresent(each -> hold(sample.venue(), each));
    } catch (IOException notJson) {
      log.debug("{}: a sampled frame is no JSON; its decoder says so too", sample.venue());
    }
  }

  private void hold(Venue venue, WireContracts.Bound bound) {
    List<Breach> breaches = bound.breaches();
    if (breaches.isEmpty()) {
      return;
    }
    counts.violated(bound.contract());
    long now = System.nanoTime();
    if (now - warned >= LEAST_BETWEEN_WARNINGS_NANOS) {
      warned = now;
      Breach first = breaches.getFirst();
      log.warn("{} breaks {}: '{}' {}", venue, bound.contract(), first.pointer(), first.message());
    }
  }
}
