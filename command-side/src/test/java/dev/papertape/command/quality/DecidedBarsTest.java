package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which record the guards' later verdict on a bar is about. */
class DecidedBarsTest {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<QualityEvent> events = new ArrayList<>();
  private final StreamTally tally = new StreamTally(BTC, Channel.OHLCV);
  private final QuarantineDesk desk = new QuarantineDesk(n -> "q-" + n, 1, events::add);

  private void hold(QualityReason reason) {
    tally.received(START);
    tally.quarantined(reason, START);
    desk.take(
        new QualityNote.Held(
            new HeldRecord(
                VENUE,
                BTC,
                Channel.OHLCV,
                reason,
                "bad",
                Map.of(),
                RawEncoding.DECODED,
                RawText.of("a bar"),
                START,
                () -> tally.counts(StreamState.OK),
                START)),
        1,
        START);
  }

  private List<String> condemn() {
    events.clear();
    desk.take(new QualityNote.BarCondemned(VENUE, BTC, START, "it came back"), 2, START);
    return events.stream().map(event -> ((QuarantineDiscarded) event).quarantineId()).toList();
  }

  @Test
  void Bug_4_anImpossibleCopyDoesNotTakeOverTheVerdictOnAHeldBar() {
    hold(QualityReason.SPIKE);
    hold(QualityReason.OHLC_INCONSISTENT);
    assertThat(condemn()).containsExactly("q-0");
  }

  @Test
  void anImpossibleBarIsNotGivenTheVerdictOnTheTrueOneAfterIt() {
    hold(QualityReason.OHLC_INCONSISTENT);
    hold(QualityReason.SPIKE);
    assertThat(condemn()).containsExactly("q-1");
  }

  @Test
  void Bug_4_theGuardsSayNothingOfARecordThatAnOperatorDecidedOn() {
    hold(QualityReason.SPIKE);
    desk.decided("q-0");
    assertThat(condemn()).isEmpty();
  }
}
