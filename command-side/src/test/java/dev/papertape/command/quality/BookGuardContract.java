package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.ArrayBook;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The statistical guards on a book of 10 at 99.90 and 10 at 100.10, so that the mid is 100 and the
 * spread 20 bps. By the default policy a side of more than 20 · 10 = 200 is a spike, one of less
 * than 10 / 100 = 0.1 a collapse; nothing is said before the 40th state.
 */
abstract class BookGuardContract {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final ArrayBook book = new ArrayBook(2, 3);
  private BookGuard guard;
  private int message;

  @BeforeEach
  void fresh() {
    guard = new BookGuard(QualityPolicy.DEFAULT);
    message = 0;
    book.bid("99.90", "10").ask("100.10", "10");
  }

  @Test
  void nothingIsSaidBeforeThereIsAUsual() {
    look(39);
    book.bid("99.90", "1000");
    assertThat(judge()).isNull();
  }

  @Test
  void sideTwentyTimesAsDeepIsTheLastThatPasses() {
    look(40);
    book.bid("99.90", "200");
    assertThat(judge()).isNull();
    book.bid("99.90", "200.001");
    assertThat(judge()).isNotNull();
    assertThat(judge().reason()).isEqualTo(QualityReason.DEPTH_SPIKE);
    assertThat(judge().outcome()).isEqualTo(Outcome.QUARANTINE);
    assertThat(judge().evidence())
        .containsEntry("measured", "bid")
        .containsEntry("value", "200001")
        .containsEntry("usual", "10000");
  }

  @Test
  void sideAHundredthAsDeepIsTheLastThatPasses() {
    look(40);
    book.ask("100.10", "0.100");
    assertThat(judge()).isNull();
    book.ask("100.10", "0.099");
    assertThat(reason()).isEqualTo(QualityReason.DEPTH_COLLAPSE);
    book.ask("100.10", "0");
    assertThat(reason()).as("no asks at all").isEqualTo(QualityReason.DEPTH_COLLAPSE);
  }

  @Test
  void newLevelIsTheUsualOneAfterHalfAWindow() {
    look(120);
    book.bid("99.90", "500").ask("100.10", "500");
    int doubted = 0;
    while (judge() != null) {
      doubted++;
      assertThat(doubted).as("never a lock-out").isLessThan(120);
    }
    // Of 120 the 60th is the lower middle one: once 61 of them are new, it is one of the new.
    assertThat(doubted).isEqualTo(61);
  }

  @Test
  void spreadTwentyTimesAsWideIsDoubtedUnlessItIsSmall() {
    ArrayBook narrow = new ArrayBook(4, 3);
    narrow.bid("99.9950", "10").ask("100.0050", "10"); // 1 bp
    for (int i = 0; i < 40; i++) {
      assertThat(guard.judge(narrow, at())).isNull();
    }
    narrow.ask("100.0050", "0").ask("100.1850", "10"); // 19 bps
    assertThat(guard.judge(narrow, at())).isNull();
    narrow.ask("100.1850", "0").ask("100.2450", "10"); // 25 bps
    assertThat(guard.judge(narrow, at()).reason()).isEqualTo(QualityReason.SPREAD_SPIKE);
  }

  @Test
  void midThatJumpsByMoreThanTwoPercentIsDoubtedOnce() {
    look(1);
    book.bid("99.90", "0").ask("100.10", "0").bid("102.30", "10").ask("102.50", "10");
    assertThat(reason()).isEqualTo(QualityReason.TOP_JUMP);
    assertThat(judge()).isNull();
  }

  @Test
  void midMayMoveFarInALongSilence() {
    look(1);
    book.bid("99.90", "0").ask("100.10", "0").bid("102.30", "10").ask("102.50", "10");
    assertThat(guard.judge(book, START.plusSeconds(60))).isNull();
  }

  @Test
  void afterTheBookWasDiscardedNoJumpIsSeen() {
    look(1);
    guard.forgetTop();
    book.bid("99.90", "0").ask("100.10", "0").bid("110.00", "10").ask("110.20", "10");
    assertThat(judge()).isNull();
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(judge()).isNull();
    }
  }

  private QualityReason reason() {
    Finding found = judge();
    assertThat(found).isNotNull();
    return found.reason();
  }

  private Finding judge() {
    return guard.judge(book, at());
  }

  private Instant at() {
    return START.plusMillis(10L * message++);
  }
}
