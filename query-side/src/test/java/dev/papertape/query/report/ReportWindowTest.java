package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.papertape.query.report.ReportWindow.Span;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportWindowTest {
  private static final Instant NEWEST = Instant.parse("2024-08-08T14:03:07.250Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0d",
        "7x",
        "-1h",
        "100y",
        "",
        "7",
        "d",
        "91d",
        "2161h",
        "129601m",
        "07d",
        " 7d",
        "7D",
        "1.5h",
        "999999999999d",
        "+1h",
        "\u0667d"
      })
  void bad(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReportWindow.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "90d", "59m", "1h", "7d", "61m", "89d"})
  void good(String text) {
    assertThat(ReportWindow.parse(text)).hasToString(text);
  }

  @Test
  void boundsAreCutToTheSecondUpToAnHourElseToTheMinute() {
    Span hour = ReportWindow.parse("60m").ending(NEWEST);
    assertThat(hour.toTime()).isEqualTo("2024-08-08T14:03:07Z");
    assertThat(hour.fromTime()).isEqualTo("2024-08-08T13:03:07Z");
    Span longer = ReportWindow.parse("61m").ending(NEWEST);
    assertThat(longer.toTime()).isEqualTo("2024-08-08T14:03:00Z");
    assertThat(longer.fromTime()).isEqualTo("2024-08-08T13:02:00Z");
    assertThat(longer.start()).isEqualTo("2024-08-08T13:03:00Z");
    assertThat(longer.end()).isEqualTo("2024-08-08T14:04:00Z").isAfter(NEWEST);
  }
}
