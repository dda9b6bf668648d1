package dev.papertape.benchmarks.crash;

import dev.papertape.benchmarks.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What the kills did.
 *
 * @param programOutages from each kill of the program to the first new order
 * @param postgresOutages from each kill of PostgreSQL to the first new order
 * @param acknowledged orders that callers were told of
 * @param unexpected answers that a caller should not get whatever is killed
 * @param rebuildDifferences one sentence for each read model that its rebuild does not equal
 */
record CrashReport(
    List<Duration> programOutages,
    List<Duration> postgresOutages,
    int acknowledged,
    List<String> unexpected,
    LogAudit audit,
    List<String> rebuildDifferences) {
  private static final int NAMED = 5;

  /** A sentence for each thing that should not be; empty when all holds. */
  List<String> findings() {
    List<String> findings = new ArrayList<>(audit.findings());
    unexpected.stream().limit(NAMED).map("Unexpected answer: "::concat).forEach(findings::add);
    findings.addAll(rebuildDifferences);
    return findings;
  }

  Stream<Result> figures() {
    return Stream.of(
            Stream.of(figure("program-kills", "kills", programOutages.size())),
            outages("program-back", programOutages),
            Stream.of(figure("postgres-kills", "kills", postgresOutages.size())),
            outages("postgres-back", postgresOutages),
            Stream.of(
                figure("acknowledged", "orders", acknowledged),
                figure("lost", "orders", audit.lost()),
                figure("doubled", "orders", audit.doubled()),
                figure("unexpected", "answers", unexpected.size()),
                figure("events", "events", audit.head()),
                figure("holes", "positions", audit.holes()),
                figure("epochs", "epochs", audit.eventsOfEpochs().size()),
                figure("strays", "events", audit.strays()),
                figure("rebuild-differences", "tables", rebuildDifferences.size())))
        .flatMap(figures -> figures);
  }

  private static Stream<Result> outages(String metric, List<Duration> outages) {
    Histogram millis = new Histogram(3);
    outages.forEach(outage -> millis.recordValue(outage.toMillis()));
    return Stream.of(
        figure(metric + "-p50", "ms", millis.getValueAtPercentile(50)),
        figure(metric + "-max", "ms", millis.getMaxValue()));
  }

  private static Result figure(String metric, String unit, long value) {
    return Result.alone(CrashScenario.NAME, metric, unit, value);
  }
}
