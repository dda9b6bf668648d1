package dev.papertape.benchmarks.crash;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * kill -9 of the program and of PostgreSQL under load, ten times each ({@code --quick}: twice).
 * Shows the figures, then fails if anything was lost, doubled or out of order.
 */
public final class CrashScenario implements Scenario {
  static final String NAME = "crash";

  private static final int KILLS = 10;
  private static final int KILLS_QUICK = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Stream<Result> run(Options options) throws Exception {
    Path folder = Files.createTempDirectory("papertape-crash");
    CrashReport report;
    try {
      report = CrashRun.in(folder, options.quick() ? KILLS_QUICK : KILLS);
    } catch (CheckFailed failed) {
      throw new CheckFailed(failed.getMessage() + kept(folder), failed);
    }
    List<String> findings = report.findings();
    if (findings.isEmpty()) {
      FileSystemUtils.deleteRecursively(folder);
      return report.figures();
    }
    return Stream.concat(
        report.figures(),
        Stream.generate(
                () -> {
                  throw new CheckFailed(String.join(" ", findings) + kept(folder));
                })
            .limit(1)
            .map(Result.class::cast));
  }

  private static String kept(Path folder) {
    return " Data and output are kept in " + folder + ".";
  }
}
