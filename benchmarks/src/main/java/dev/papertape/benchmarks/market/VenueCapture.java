package dev.papertape.benchmarks.market;

import com.sun.management.ThreadMXBean;
import dev.papertape.benchmarks.Result;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.command.market.recorded.UnpackedRecording;
import dev.papertape.command.quality.QualityPolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What one core makes of a venue's capture: every line of it, trades and quotes included, from its
 * bytes to the books. A line's time is that from the end of the one before to its own.
 */
final class VenueCapture {
  /** A book delta message in BENCHMARKS.md of nautilus_trader's crates/adapters/okx. */
  private static final double PUBLISHED_MICROS = 4.0;

  private static final String PUBLISHED_BY =
      "NautilusTrader's OKX adapter, a book delta message, as published (another machine and wire)";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String scenario;
  private final UnpackedRecording recording;
  private final String venue;

  VenueCapture(String scenario, Path capture) throws IOException {
    this.scenario = scenario;
    this.recording = UnpackedRecording.open(capture, RecordedVenues.defaults());
    this.venue = recording.profile().venue().name();
  }

  private record Pass(double seconds, double cpuSeconds, long allocated, Count count) {}

  /** Sums up what was decoded. */
  private static final class Count implements Consumer<VenueInput> {
    private final VenueBooks books;
    private final Silent silent = new Silent();
    private long messages;
    private long diffs;
    private long levels;
    private long nanosOfDiffs;
    private long nanosOfBooks;
    private long lineEnded = System.nanoTime();

    private Count(VenueBooks books) {
      this.books = books;
    }

    @Override
    public void accept(VenueInput input) {
      books.apply(input, silent);
      long now = System.nanoTime();
      long nanos = now - lineEnded;
      lineEnded = now;
      messages++;
      long changed = levels(input);
      if (changed > 0) {
        levels += changed;
        nanosOfBooks += nanos;
        if (!holdsSnapshot(input)) {
          diffs++;
          nanosOfDiffs += nanos;
        }
      }
    }

    private static long levels(VenueInput input) {
      return switch (input) {
        case VenueInput.DepthDiff diff -> diff.bids().size() + diff.asks().size();
        case VenueInput.DepthSnapshot book -> book.bids().size() + book.asks().size();
        case VenueInput.Bundle bundle -> bundle.parts().stream().mapToLong(Count::levels).sum();
        default -> 0;
      };
    }

    private static boolean holdsSnapshot(VenueInput input) {
      return input instanceof VenueInput.DepthSnapshot
          || (input instanceof VenueInput.Bundle bundle
              && bundle.parts().stream().anyMatch(Count::holdsSnapshot));
    }
  }

  Stream<Result> run(boolean quick) {
    // By time, not by count: a small capture is read long before its code is compiled.
    repeat(quick ? 1 : 3);
    Pass[] passes = repeat(quick ? 1 : 3).toArray(Pass[]::new);
    Arrays.sort(passes, (a, b) -> Double.compare(a.seconds(), b.seconds()));
    Pass median = passes[passes.length / 2];
    Count count = median.count();
    return Stream.of(
        alone("guards-share", "of decode and apply", guardsShare(quick ? 1 : 3)),
        alone("messages", "messages/s", count.messages / median.seconds()),
        alone("level-updates", "updates/s", count.levels * 1e9 / count.nanosOfBooks),
        Result.lessIsBetter(
            scenario,
            "book-message-" + venue,
            "us/message",
            count.nanosOfDiffs / 1e3 / count.diffs,
            PUBLISHED_MICROS,
            PUBLISHED_BY),
        alone("allocated", "bytes/message", (double) median.allocated() / count.messages));
  }

  /**
   * The guards' share of a diff's time: passes with and without them take turns. What they cost is
   * the processor time of this thread, which others on the machine do not lengthen.
   */
  private double guardsShare(int seconds) {
    List<Double> guarded = new ArrayList<>();
    List<Double> unguarded = new ArrayList<>();
    List<Double> ofDiffs = new ArrayList<>();
    pass(QualityPolicy.unguarded());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L * seconds);
    do {
      Pass with = pass(QualityPolicy.DEFAULT);
      guarded.add(with.cpuSeconds());
      ofDiffs.add(with.count().nanosOfDiffs / 1e9 / with.seconds());
      unguarded.add(pass(QualityPolicy.unguarded()).cpuSeconds());
    } while (System.nanoTime() < until);
    return (1 - median(unguarded) / median(guarded)) / median(ofDiffs);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private List<Pass> repeat(int seconds) {
    List<Pass> passes = new ArrayList<>();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    do {
      passes.add(pass(QualityPolicy.DEFAULT));
    } while (System.nanoTime() < until);
    return passes;
  }

  private Result alone(String metric, String unit, double value) {
    return Result.alone(scenario, metric + "-" + venue, unit, value);
  }

  private Pass pass(QualityPolicy policy) {
    VenueBooks books =
        new VenueBooks(
            List.of(recording.profile()),
            MarketLimits.defaults(),
            SnapshotRequests.NONE,
            new Random(1),
            policy);
    Count count = new Count(books);
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long cpuBefore = THREADS.getCurrentThreadCpuTime();
    long started = System.nanoTime();
    recording.decode(count);
    double seconds = (System.nanoTime() - started) / 1e9;
    double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / 1e9;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    requireBooks(books.bookReports());
    return new Pass(seconds, cpuSeconds, allocated, count);
  }

  /** A fast way to nothing is no figure. */
  private void requireBooks(List<BookReport> books) {
    boolean kept =
        !books.isEmpty() && books.stream().allMatch(b -> b.applied() > 0 && b.gaps() == 0);
    if (!kept) {
      throw new IllegalStateException("the capture of " + venue + " gave no books: " + books);
    }
  }
}
