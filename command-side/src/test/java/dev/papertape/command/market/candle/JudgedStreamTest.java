package dev.papertape.command.market.candle;

import static dev.papertape.command.market.candle.StreamRig.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.command.quality.ohlcv.CandlePolicy;
import dev.papertape.command.quality.ohlcv.GapPolicy;
import dev.papertape.command.quality.ohlcv.StreamCandleJudge;
import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream with its guards: what of their judgements reaches who uses candles. */
class JudgedStreamTest {
  /** Its close alternates between 100 and 100.1, so 110 is a spike. */
  private static List<Bar> calm() {
    List<Bar> bars = new ArrayList<>();
    for (int minute = 0; minute < 40; minute++) {
      String low = "100";
      String high = "100.1";
      bars.add(minute % 2 == 0 ? bar(minute, high, low) : bar(minute, low, high));
    }
    return bars;
  }

  private static Instant minute(int number) {
    return at("11:00").plusSeconds(60L * number);
  }

  private static Bar bar(int minute, String open, String close) {
    BigDecimal from = new BigDecimal(open);
    BigDecimal to = new BigDecimal(close);
    return new Bar(
        minute(minute),
        from,
        from.max(to),
        from.min(to),
        to,
        new BigDecimal("1." + (1001 + minute)),
        null,
        null);
  }

  /** Its low is above its open. */
  private static Bar garbled(Bar bar) {
    return new Bar(
        bar.openTime(),
        bar.open(),
        bar.high(),
        bar.open().add(BigDecimal.ONE),
        bar.close(),
        bar.volume(),
        null,
        null);
  }

  private static StreamRig rig(CandleMemory memory) {
    return new StreamRig(
        CandleSource.CLOSED_ROWS,
        true,
        memory,
        new StreamCandleJudge(
            CandlePolicy.history(Duration.ofMinutes(1), GapPolicy.NO_TRADE_NO_BAR)));
  }

  private static List<Outcome> outcomes(StreamRig rig, int minute) {
    return rig.judged.stream()
        .filter(each -> each.candle().bar().openTime().equals(minute(minute)))
        .map(each -> each.outcome())
        .toList();
  }

  @Test
  void Bug_4_anImpossibleRepeatDoesNotReplaceTheCandleThatIsThere() {
    StreamRig rig = rig(CandleMemory.NONE).answer("11:41", "11:00", "11:40", calm());
    rig.answer("11:42", "11:39", "11:40", List.of(garbled(calm().getLast())));

    assertThat(rig.counts.quarantined).as("counted and kept in quarantine").isEqualTo(1);
    assertThat(outcomes(rig, 39)).containsExactly(Outcome.PASSED);
    assertThat(rig.stream.bar(minute(39))).isEqualTo(calm().getLast());
  }

  @Test
  void Bug_4_anImpossibleRepeatDoesNotReplaceTheCandleThatIsHeld() {
    Bar jump = bar(40, "100.1", "110");
    StreamRig rig = rig(CandleMemory.NONE).answer("11:41", "11:00", "11:40", calm());
    rig.answer("11:42", "11:40", "11:41", List.of(jump))
        .answer("11:42", "11:40", "11:41", List.of(garbled(jump)))
        .answer("11:43", "11:41", "11:42", List.of(bar(41, "110", "110.1")));

    assertThat(outcomes(rig, 40)).containsExactly(Outcome.QUARANTINED, Outcome.RELEASED);
    assertThat(rig.counts.quarantined).isEqualTo(2);
  }

  /** Without a held bar of that minute there is nothing to protect. */
  @Test
  void anImpossibleFirstBarIsTold() {
    StreamRig rig = rig(CandleMemory.NONE).answer("11:41", "11:00", "11:40", calm());
    rig.answer("11:42", "11:40", "11:41", List.of(garbled(bar(40, "100", "100.1"))));
    assertThat(outcomes(rig, 40)).containsExactly(Outcome.QUARANTINED);
  }

  /** The second venue had confirmed the jump; in the new life it has told nothing yet. */
  @Test
  void Bug_4_aStoredBarIsNotPutOnTrialAgain() {
    List<Bar> stored = calm();
    stored.add(bar(40, "100.1", "110"));
    StreamRig rig = rig(new CandleMemory(minute(41), stored)).connect("11:42:30");
    rig.answer("11:42:31", "11:41", "11:42", List.of(bar(41, "100", "100.1")));

    assertThat(outcomes(rig, 40)).isEmpty();
    assertThat(outcomes(rig, 41)).containsExactly(Outcome.QUARANTINED);
  }
}
