package dev.papertape.benchmarks.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Our storage engine and processor beside stock Axon JDBC. */
public final class EventStoreScenario implements Scenario {
  static final String NAME = "event-store";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Stream<Result> run(Options options) throws IOException {
    BenchDatabase database = new BenchDatabase();
    List<Part> parts =
        List.of(
            () -> new CommandRace(options.quick()).run(database),
            () -> bulkAppend(database, options),
            () -> processor(database, options));
    return parts.stream()
        .flatMap(EventStoreScenario::measured)
        .onClose(
            () -> {
              try {
                database.close();
              } catch (IOException left) {
                throw new UncheckedIOException(left);
              }
            });
  }

  private interface Part {
    List<Result> measure() throws Exception;
  }

  private static Stream<Result> measured(Part part) {
    try {
      return part.measure().stream();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<Result> bulkAppend(BenchDatabase database, Options options) throws Exception {
    int rounds = options.quick() ? 1 : 5;
    List<Double> ours = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    try (HikariDataSource pool = database.fresh();
        PapertapeCounters papertape = new PapertapeCounters(pool)) {
      BulkAppend bulk = new BulkAppend(pool, options.quick() ? 30_000 : 100_000);
      PostgresEventLog log = new PostgresEventLog(pool, new HeadSignal());
      for (int round = 0; round <= rounds; round++) {
        collect(ours, bulk.ours(papertape.journal()), round > 0);
        collect(plain, bulk.plain(log), round > 0);
      }
    }
    return List.of(
        Result.moreIsBetter(
            NAME,
            "bulk-append",
            "events/s",
            median(ours),
            median(plain),
            "plain-multi-row-insert"));
  }

  private static List<Result> processor(BenchDatabase database, Options options) throws Exception {
    int rounds = options.quick() ? 1 : 3;
    List<Double> ours = new ArrayList<>();
    List<Double> oneSegment = new ArrayList<>();
    List<Double> fourSegments = new ArrayList<>();
    List<Double> handBatched = new ArrayList<>();
    try (HikariDataSource pool = database.fresh();
        StockCounters stock = new StockCounters(pool, true)) {
      ProcessorRace race = new ProcessorRace(pool, options.quick() ? 40_000 : 200_000);
      race.fill(stock);
      // The first round of each is the warm-up.
      for (int round = 0; round <= rounds; round++) {
        boolean counts = round > 0;
        collect(ours, race.ours(), counts);
        collect(oneSegment, race.peer(stock, 1, false), counts);
        collect(fourSegments, race.peer(stock, 4, false), counts);
        collect(handBatched, race.peer(stock, 1, true), counts);
      }
    }
    double peer = Math.max(median(oneSegment), median(fourSegments));
    return List.of(
        Result.moreIsBetter(NAME, "processor", "events/s", median(ours), peer, "axon-pooled-1000"),
        Result.moreIsBetter(
            NAME,
            "processor-hand-batched",
            "events/s",
            median(ours),
            median(handBatched),
            "axon-pooled-1000-hand-batched"));
  }

  private static void collect(List<Double> figures, double figure, boolean counts) {
    if (counts) {
      figures.add(figure);
    }
  }

  private static double median(List<Double> figures) {
    return Median.of(figures, figure -> figure);
  }
}
