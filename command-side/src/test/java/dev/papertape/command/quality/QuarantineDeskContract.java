package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.ReleasedBy;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Events of bad records, one at a time and in floods: bounded, each record named, none uncounted.
 */
abstract class QuarantineDeskContract {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<QualityEvent> events = new ArrayList<>();
  private final StreamTally tally = new StreamTally(BTC, Channel.TRADES);
  private final QuarantineDesk desk = new QuarantineDesk(n -> "q-" + n, 3, this::happened);
  private long frame;
  private final MarketState.Listener noted =
      new MarketState.Listener() {
        @Override
        public void fact(MarketEvent event) {}

        @Override
        public void bookChanged(BookView book) {}

        @Override
        public void traded(PublicTrade trade) {}

        @Override
        public void noted(QualityNote note) {
          desk.take(note, frame, START);
        }
      };

  /** At every event the counts that it holds are those of the records named so far. */
  private void happened(QualityEvent event) {
    events.add(event);
    if (event instanceof RecordQuarantined record && record.channel() == Channel.TRADES) {
      assertThat(record.counts().quarantined()).isEqualTo(named());
      assertThat(record.counts().reconciles()).isTrue();
    }
  }

  @AfterEach
  void allAreNamedInTheEnd() {
    desk.nameAll(START);
    assertThat(named()).isEqualTo(tally.counts(StreamState.OK).quarantined());
  }

  @Test
  void firstFiveStandAloneAndTheOthersShareAnEventWhenTheWindowIsOver() {
    for (int i = 0; i < 12; i++) {
      hold(QualityReason.OFF_TICK, 0);
    }
    assertThat(records()).hasSize(5);
    desk.tick(START.plusMillis(9_999));
    assertThat(records()).hasSize(5);
    desk.tick(START.plusSeconds(10));
    assertThat(records()).hasSize(6);
    RecordQuarantined last = records().getLast();
    assertThat(last.records()).isEqualTo(7);
    assertThat(last.raw()).isEqualTo("record 6");
    assertThat(last.frame()).isEqualTo(6);
    assertThat(last.further()).hasSize(6);
    assertThat(last.further().getLast().payloadSha256())
        .isEqualTo(RawText.of("record 12").sha256());
    assertThat(last.life()).isEqualTo(3);
  }

  /** An operator who releases the event has every bar of it used. */
  @Test
  void Bug_4_barsThatShareAnEventAreAllKept() {
    BarLedger ledger = new BarLedger(VENUE, BTC, QualityPolicy.DEFAULT);
    for (int minute = 0; minute < 8; minute++) {
      ledger.judged(
          new CandleJudge.Judgement(
              bar(60L * minute),
              CandleJudge.Outcome.QUARANTINED,
              List.of(QualityReason.REPEATED_CONTENT),
              "seen before"),
          START,
          noted);
    }
    desk.nameAll(START);

    RecordQuarantined shared = records().getLast();
    assertThat(shared.records()).isEqualTo(3);
    assertThat(BarText.barsOf(shared))
        .extracting(candle -> candle.bar().openTime())
        .containsExactly(bar(300).openTime(), bar(360).openTime(), bar(420).openTime());
    assertThat(BarText.barsOf(shared))
        .extracting(candle -> candle.bar().close())
        .doesNotContainNull();
  }

  @Test
  void eachReasonHasItsOwnFive() {
    for (int i = 0; i < 7; i++) {
      hold(QualityReason.OFF_TICK, 0);
      hold(QualityReason.OFF_LOT, 0);
    }
    assertThat(records()).hasSize(10);
  }

  @Test
  void aFloodIsWrittenByTheThousand() {
    for (int i = 0; i < 2_500; i++) {
      hold(QualityReason.OFF_TICK, 0);
    }
    assertThat(records()).hasSize(7);
    assertThat(records().getLast().records()).isEqualTo(1_000);
  }

  @Test
  void afterTheWindowTheNextStandsAloneAgain() {
    for (int i = 0; i < 6; i++) {
      hold(QualityReason.OFF_TICK, 0);
    }
    hold(QualityReason.OFF_TICK, 10_000);
    assertThat(records()).hasSize(7);
    assertThat(records().getLast().records()).isEqualTo(1);
  }

  @Test
  void anObservationNeverSpeaksOfRecordsThatNoEventNames() {
    for (int i = 0; i < 8; i++) {
      hold(QualityReason.OFF_TICK, 0);
    }
    desk.take(new QualityNote.Observed(VENUE, List.of(tally.counts(StreamState.OK))), frame, START);
    assertThat(events.getLast()).isInstanceOf(QualityObserved.class);
    assertThat(named()).isEqualTo(8);
  }

  @Test
  void heldBarIsReleasedOrCondemnedOnce() {
    BarLedger ledger = new BarLedger(VENUE, BTC, QualityPolicy.DEFAULT);
    Bar good = bar(0);
    Bar bad = bar(60);
    for (Bar bar : List.of(good, bad)) {
      judged(ledger, bar, CandleJudge.Outcome.QUARANTINED);
    }
    judged(ledger, good, CandleJudge.Outcome.RELEASED);
    judged(ledger, bad, CandleJudge.Outcome.CONDEMNED);
    judged(ledger, good, CandleJudge.Outcome.RELEASED);

    assertThat(events).hasSize(4);
    assertThat(events.get(2))
        .isInstanceOfSatisfying(
            QuarantineReleased.class,
            released -> {
              assertThat(released.quarantineId()).isEqualTo("q-0");
              assertThat(released.by()).isEqualTo(ReleasedBy.SECOND_VENUE);
            });
    assertThat(events.get(3))
        .isInstanceOfSatisfying(
            QuarantineDiscarded.class,
            condemned -> assertThat(condemned.quarantineId()).isEqualTo("q-1"));
    assertThat(ledger.tally().counts(StreamState.OK).quarantined()).isEqualTo(2);
  }

  /** A spike has its own event all the same: its judge's verdict will name it. */
  @Test
  void Bug_4_impossibleBarsShareEventsAsOtherRecordsDo() {
    BarLedger ledger = new BarLedger(VENUE, BTC, QualityPolicy.DEFAULT);
    for (int i = 0; i < 12; i++) {
      judged(ledger, bar(600), CandleJudge.Outcome.QUARANTINED, QualityReason.NOT_FINAL);
    }
    assertThat(records()).hasSize(5);
    for (int i = 0; i < 7; i++) {
      judged(ledger, bar(60L * i), CandleJudge.Outcome.QUARANTINED);
    }
    assertThat(records()).hasSize(12);
    desk.tick(START.plusSeconds(10));
    assertThat(records()).hasSize(13);
    assertThat(records().getLast().records()).isEqualTo(7);
    assertThat(records()).allMatch(record -> record.counts().reconciles());
    judged(ledger, bar(360), CandleJudge.Outcome.CONDEMNED);
    assertThat(events.getLast()).isInstanceOf(QuarantineDiscarded.class);
  }

  private void judged(BarLedger ledger, Bar bar, CandleJudge.Outcome outcome) {
    judged(ledger, bar, outcome, QualityReason.SPIKE);
  }

  private void judged(
      BarLedger ledger, Bar bar, CandleJudge.Outcome outcome, QualityReason reason) {
    ledger.judged(
        new CandleJudge.Judgement(
            bar,
            outcome,
            List.of(reason),
            "the second venue's close is 30 bps from their usual distance"),
        START,
        noted);
  }

  private static Bar bar(long second) {
    BigDecimal price = new BigDecimal("100");
    return new Bar(
        START.plusSeconds(second), price, price, price, price, BigDecimal.ONE, null, null);
  }

  private void hold(QualityReason reason, long millis) {
    frame++;
    Instant at = START.plusMillis(millis);
    tally.received(at);
    tally.quarantined(reason, at);
    desk.take(
        new QualityNote.Held(
            new HeldRecord(
                VENUE,
                BTC,
                Channel.TRADES,
                reason,
                "bad",
                Map.of(),
                RawEncoding.DECODED,
                RawText.of("record " + frame),
                at,
                () -> tally.counts(StreamState.OK),
                null)),
        frame,
        at);
  }

  private List<RecordQuarantined> records() {
    return events.stream()
        .filter(RecordQuarantined.class::isInstance)
        .map(RecordQuarantined.class::cast)
        .toList();
  }

  private long named() {
    return records().stream()
        .filter(record -> record.channel() == Channel.TRADES)
        .mapToLong(RecordQuarantined::records)
        .sum();
  }
}
