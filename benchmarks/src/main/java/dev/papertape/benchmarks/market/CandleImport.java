package dev.papertape.benchmarks.market;

import dev.papertape.benchmarks.Result;
import dev.papertape.command.market.candlefile.CandleFile;
import dev.papertape.command.market.candlefile.CandleReview;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Rows a second of a candle file on disk, unpacked, read and judged by every guard. */
final class CandleImport {
  /** Bars that end later count as not final and would not be judged any further. */
  private static final Instant AFTER_EVERY_FILE = Instant.parse("2100-01-01T00:00:00Z");

  private final String scenario;
  private final Path file;

  CandleImport(String scenario, Path file) {
    this.scenario = scenario;
    this.file = file;
  }

  Result run(boolean quick) throws IOException {
    repeat(quick ? 1 : 3);
    double[] rates = repeat(quick ? 1 : 3);
    Arrays.sort(rates);
    return Result.alone(scenario, "candle-rows", "rows/s", rates[rates.length / 2]);
  }

  private double[] repeat(int seconds) throws IOException {
    double[] rates = new double[1000];
    int count = 0;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    do {
      rates[count++] = rowsPerSecond();
    } while (System.nanoTime() < until && count < rates.length);
    return Arrays.copyOf(rates, count);
  }

  private double rowsPerSecond() throws IOException {
    long started = System.nanoTime();
    CandleReview review = new CandleReview(CandleFile.read(file, _ -> {}), null, AFTER_EVERY_FILE);
    return review.rows() * 1e9 / (System.nanoTime() - started);
  }
}
