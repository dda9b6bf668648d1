package dev.papertape.benchmarks.reports;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Reports over HTTP with a log of ten million events (quick: one million), beside naive SQL over
 * that log. Metric {@code alpha-pnl-p99} and so on: 99th percentile of requests, one after the
 * other; {@code …-growth}: the same over a log of 100,000 events, which ours is compared to.
 */
public final class ReportsScenario implements Scenario {
  private static final long SMALL = 100_000;
  private static final List<String> REPORTS =
      List.of("/api/report/alpha-pnl", "/api/report/risk", "/api/alpha/attribution");

  @Override
  public String name() {
    return "reports";
  }

  @Override
  public Stream<Result> run(Options options) throws Exception {
    long large = options.quick() ? 1_000_000 : 10_000_000;
    int requests = options.quick() ? 500 : 3_000;
    Path folder = Files.createTempDirectory("papertape-bench");
    List<Result> results = new ArrayList<>();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(folder))) {
      // A run that is broken off must not leave its server behind.
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      List<Double> small = new ArrayList<>();
      try (ReportsRun run = new ReportsRun(server.createDatabase("small"), SMALL)) {
        for (String report : REPORTS) {
          small.add(run.p99Ms(report + "?window=7d", requests));
        }
      }
      try (ReportsRun run = new ReportsRun(server.createDatabase("large"), large)) {
        results.add(Result.alone(name(), "fold", "events/s", run.foldedPerSecond()));
        List<Double> times = new ArrayList<>();
        for (String report : REPORTS) {
          times.add(run.p99Ms(report + "?window=7d", requests));
        }
        double naive = run.naiveMs();
        for (int i = 0; i < REPORTS.size(); i++) {
          String metric = REPORTS.get(i).substring(REPORTS.get(i).lastIndexOf('/') + 1);
          String peer = "SQL over the log of " + large;
          results.add(
              Result.lessIsBetter(name(), metric + "-p99", "ms", times.get(i), naive, peer));
          results.add(
              Result.lessIsBetter(
                  name(),
                  metric + "-growth",
                  "ms",
                  times.get(i),
                  small.get(i),
                  "the same over " + SMALL));
        }
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
    return results.stream();
  }
}
