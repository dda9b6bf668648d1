package dev.papertape.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sample of what {@code ./papertape bench crash} does in full. */
@Timeout(900)
class CrashIT {
  private static final int KILLS = 2;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostOrDoneTwice() throws Exception {
    CrashReport report = CrashRun.in(folder, KILLS);

    report.figures().forEach(each -> System.out.println(each.metric() + " " + each.ours()));
    assertThat(report.findings()).isEmpty();
    assertThat(report.programOutages()).hasSize(KILLS);
    assertThat(report.postgresOutages()).hasSize(KILLS);
    assertThat(report.audit().eventsOfEpochs())
        .as("epochs: one at first and one more after each kill of the program, at least")
        .hasSizeGreaterThan(KILLS);
  }

  @AfterEach
  void keepTheOutput() throws Exception {
    Path output = folder.resolve("papertape.log");
    if (Files.exists(output)) {
      Files.copy(
          output, Path.of("target", "CrashIT-papertape.log"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
