package dev.papertape.command.market.candle;

import static dev.papertape.command.market.CandleSource.CLOSED_ROWS;
import static dev.papertape.command.market.CandleSource.RUNNING_ROWS;
import static dev.papertape.command.market.CandleSource.TRADES;
import static dev.papertape.command.market.candle.StreamRig.at;
import static dev.papertape.command.market.candle.StreamRig.bar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.CandleSource;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleOrigin;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One stream, second by second. */
class CandleStreamTest {

  @Test
  void aFirstStartFetchesTheLookBackThenGoesOnLive() {
    StreamRig rig = StreamRig.live(CLOSED_ROWS).connect("12:00:30");
    assertThat(rig.asked()).containsExactly("11:50-12:00");

    rig.answer("12:00:31", "11:50", "12:00");
    assertThat(rig.judged).hasSize(10);
    assertThat(rig.synced)
        .singleElement()
        .satisfies(
            sync -> {
              assertThat(sync.from()).isEqualTo(at("11:50"));
              assertThat(sync.to()).isEqualTo(at("12:00"));
              assertThat(sync.bars()).isEqualTo(10);
              assertThat(sync.source()).isEqualTo(CandleOrigin.REST);
              assertThat(sync.feedTime()).isEqualTo(at("12:00:31"));
            });

    rig.row("12:00:40", "12:00", "7", false).row("12:01:00", "12:00", "8", true);
    assertThat(rig.judged()).last().isEqualTo("12:00 8 STREAM");
    assertThat(rig.coverage()).hasToString("11:50-12:01");
    assertThat(rig.counts.received).isEqualTo(11).isEqualTo(rig.counts.accepted);
    assertThat(rig.counts.gaps).isZero();
  }

  @Test
  void liveBarsWaitForTheHoleBeforeThem() {
    StreamRig rig =
        StreamRig.live(CLOSED_ROWS)
            .connect("12:00:30")
            .row("12:00:40", "12:00", "7", false)
            .row("12:01:00", "12:00", "8", true);
    assertThat(rig.judged).isEmpty();

    rig.answer("12:01:01", "11:50", "11:56");
    assertThat(rig.asked()).as("the rest at once").containsExactly("11:50-12:00", "11:56-12:00");
    assertThat(rig.judged).hasSize(6);
    rig.answer("12:01:02", "11:56", "12:00");
    assertThat(rig.judged).hasSize(11);
    assertThat(rig.judged()).last().isEqualTo("12:00 8 STREAM");
    assertThat(rig.synced).as("one back-fill, told of once").hasSize(1);
  }

  /** 12:00:03: the minute before may not be final at the venue yet. */
  @Test
  void aMinuteIsFetchedSomeSecondsAfterItsEnd() {
    StreamRig rig = StreamRig.live(CLOSED_ROWS).connect("12:00:03");
    assertThat(rig.asked()).containsExactly("11:50-11:59");
    rig.answer("12:00:04", "11:50", "11:59").row("12:00:04", "12:00", "7", false);
    rig.ticks("12:00:04", "12:00:05");
    assertThat(rig.asked()).last().isEqualTo("11:59-12:00");
  }

  @Test
  void aMinuteThatWasNotToldIsAskedForTenSecondsAfterItsEnd() {
    StreamRig rig = connectedAndFilled();
    rig.row("12:02:00", "12:01", "9", true).ticks("12:02:00", "12:02:09");
    assertThat(rig.asked()).as("12:00 is missing").hasSize(2).last().isEqualTo("12:00-12:01");
    assertThat(rig.judged()).doesNotContain("12:01 9 STREAM");
    rig.answer("12:02:10", "12:00", "12:01");
    assertThat(rig.judged()).endsWith("12:00 5 REST", "12:01 9 STREAM");
  }

  /** Connected at 12:00:30; what came before noon is there. */
  private static StreamRig filled(CandleSource source) {
    return StreamRig.live(source).connect("12:00:30").answer("12:00:31", "11:50", "12:00");
  }

  private static StreamRig connectedAndFilled() {
    return filled(CLOSED_ROWS).row("12:00:40", "12:00", "7", false);
  }

  @Test
  void aCallThatFailsIsMadeAgainLaterAndLater() {
    StreamRig rig = StreamRig.live(CLOSED_ROWS).connect("12:00:30");
    rig.fail("12:00:31").tick("12:00:31");
    assertThat(rig.asked).hasSize(1);
    rig.tick("12:00:32");
    assertThat(rig.asked).as("after a second").hasSize(2);
    rig.fail("12:00:33").ticks("12:00:33", "12:00:34");
    assertThat(rig.asked).hasSize(2);
    rig.tick("12:00:35");
    assertThat(rig.asked).as("after two more").hasSize(3);
    rig.ticks("12:00:36", "12:02:35");
    assertThat(rig.asked).as("no answer yet").hasSize(3);
    rig.ticks("12:02:36", "12:02:41");
    assertThat(rig.asked).as("no answer for two minutes").hasSize(4);
    assertThat(rig.asked()).allMatch(range -> range.startsWith("11:50"));
  }

  @Test
  void liveBarsDoNotWaitForEver() {
    StreamRig rig =
        StreamRig.live(CLOSED_ROWS).connect("12:00:30").row("12:00:40", "12:00", "7", false);
    for (int minute = 1; minute <= 6; minute++) {
      rig.row("12:0" + minute + ":00", "12:0" + (minute - 1), "8", true).fail("12:0" + minute);
    }
    assertThat(rig.judged).isEmpty();
    rig.ticks("12:06:00", "12:06:02");
    assertThat(rig.judged()).hasSize(6).startsWith("12:00 8 STREAM");
    assertThat(rig.counts.gaps).isEqualTo(1);

    rig.ticks("12:06:02", "12:06:05");
    assertThat(rig.asked()).last().isEqualTo("11:50-12:00");
    rig.answer("12:06:06", "11:50", "12:00");
    assertThat(rig.judged).hasSize(16);
    int asked = rig.asked.size();
    rig.ticks("12:06:07", "12:06:30");
    assertThat(rig.asked).as("all is there").hasSize(asked);
  }

  /** As Kraken: no row of 12:02, since nobody traded; rows never say that they are final. */
  @Test
  void aRunningRowIsFinalWhenTheNextBeginsOrItsEndHasPassed() {
    StreamRig rig =
        filled(RUNNING_ROWS)
            .row("12:00:40", "12:00", "7", false)
            .row("12:00:50", "12:00", "8", false);
    assertThat(rig.judged).hasSize(10);
    rig.row("12:01:01", "12:01", "9", false);
    assertThat(rig.judged()).last().isEqualTo("12:00 8 STREAM");
    rig.row("12:01:59", "12:01", "10", false).ticks("12:02:00", "12:02:04");
    assertThat(rig.judged()).hasSize(11);
    rig.tick("12:02:05");
    assertThat(rig.judged()).last().isEqualTo("12:01 10 STREAM");
    rig.ticks("12:02:06", "12:03:10").row("12:03:11", "12:03", "11", false);
    rig.ticks("12:03:12", "12:04:05");
    assertThat(rig.judged()).last().isEqualTo("12:03 11 STREAM");
    assertThat(rig.asked()).as("12:02 is not called missing").hasSize(1);
    assertThat(rig.counts.gaps).isZero();
    assertThat(rig.coverage()).hasToString("11:50-12:04");
  }

  @Test
  void anInterruptedMinuteIsFetchedWhateverWasHeardOfIt() {
    StreamRig rig = filled(RUNNING_ROWS).row("12:00:40", "12:00", "7", false);
    rig.stream.disconnected();
    rig.ticks("12:00:45", "12:03:20");
    assertThat(rig.judged).hasSize(10);
    rig.connect("12:03:30").row("12:03:40", "12:03", "9", false).tick("12:03:41");
    assertThat(rig.asked()).last().isEqualTo("12:00-12:03");
    rig.answer("12:03:42", "12:00", "12:03").row("12:04:00", "12:04", "10", false);
    assertThat(rig.judged()).last().isEqualTo("12:03 9 STREAM");
    assertThat(rig.coverage()).hasToString("11:50-12:04");
  }

  /**
   * As Coinbase. The first trade comes at 12:00:40, so 12:01 is the first whole minute: open 10,
   * high 12, low 9, close 11, volume 1 + 2 + 0.5 + 0.5 = 4, vwap (10 + 24 + 4.5 + 5.5) / 4 = 11.
   */
  @Test
  void barsAreBuiltFromTradesOnceAMinuteIsWhole() {
    StreamRig rig =
        filled(TRADES)
            .trade("12:00:40", "12:00:40", "8", "1")
            .ticks("12:00:41", "12:01:04")
            .trade("12:01:05", "12:01:00", "10", "1")
            .trade("12:01:10", "12:01:10", "12", "2")
            .trade("12:01:20", "12:01:20", "9", "0.5");
    rig.ticks("12:01:20", "12:01:21");
    assertThat(rig.asked()).last().isEqualTo("12:00-12:01");
    rig.answer("12:01:22", "12:00", "12:01");
    rig.trade("12:02:01", "12:01:59.999", "11", "0.5").trade("12:02:02", "12:02:00", "13", "1");
    assertThat(rig.judged()).last().isEqualTo("12:01 11 TRADES");
    Bar built = rig.judged.getLast().candle().bar();
    assertThat(built.open()).isEqualByComparingTo("10");
    assertThat(built.high()).isEqualByComparingTo("12");
    assertThat(built.low()).isEqualByComparingTo("9");
    assertThat(built.volume()).isEqualByComparingTo("4");
    assertThat(built.vwap()).isEqualByComparingTo("11");
    assertThat(built.trades()).isEqualTo(4);
  }

  @Test
  void aTradeOfAMinuteThatIsClosedLetsTheMinuteBeFetched() {
    StreamRig rig =
        filled(TRADES)
            .trade("12:00:40", "12:00:40", "8", "1")
            .tick("12:01:05")
            .answer("12:01:06", "12:00", "12:01")
            .trade("12:01:10", "12:01:10", "12", "2")
            .tick("12:02:05")
            .trade("12:02:30", "12:01:30", "13", "1")
            .tick("12:02:31");
    assertThat(rig.asked()).last().isEqualTo("12:01-12:02");
    rig.answer("12:02:32", "12:01", "12:02", List.of(bar(at("12:01"), "13")));
    assertThat(rig.judged()).endsWith("12:01 12 TRADES", "12:01 13 REST");
  }

  @Test
  void Bug_4_aMinuteOfWhichTradesAreMissingIsFetched() {
    StreamRig rig = tradedFromMinuteOne().trade("12:01:10", "12:01:10", "12", "2");
    rig.stream.missedTrades();
    rig.trade("12:01:20", "12:01:20", "13", "1").ticks("12:01:21", "12:02:05");
    assertThat(rig.coverage()).as("12:01 is not called quiet").hasToString("11:50-12:01");
    assertThat(rig.asked()).last().isEqualTo("12:01-12:02");
    rig.answer("12:02:06", "12:01", "12:02").trade("12:02:10", "12:02:10", "14", "1");
    rig.tick("12:03:05");
    assertThat(rig.judged()).endsWith("12:01 5 REST", "12:02 14 TRADES");
  }

  @Test
  void Bug_4_missedTradesAreNothingToAFeedOfRows() {
    StreamRig rig = connectedAndFilled();
    rig.stream.missedTrades();
    rig.row("12:01:00", "12:00", "8", true);
    assertThat(rig.judged()).last().isEqualTo("12:00 8 STREAM");
  }

  @Test
  void Bug_4_aTradeFromTheFutureClosesNoMinute() {
    StreamRig rig =
        tradedFromMinuteOne()
            .trade("12:01:10", "12:01:10", "12", "2")
            .trade("12:01:12", "13:00:00", "13", "1")
            .trade("12:01:20", "12:01:20", "14", "1")
            .ticks("12:01:21", "12:02:05");
    assertThat(rig.asked()).last().isEqualTo("12:01-12:02");
    int asked = rig.asked.size();
    rig.answer("12:02:06", "12:01", "12:02").trade("12:02:10", "12:02:10", "15", "1");
    rig.ticks("12:02:11", "12:03:05");
    assertThat(rig.judged()).endsWith("12:01 5 REST", "12:02 15 TRADES");
    assertThat(rig.asked).hasSize(asked);
  }

  private static StreamRig tradedFromMinuteOne() {
    return filled(TRADES)
        .trade("12:00:40", "12:00:40", "8", "1")
        .tick("12:01:05")
        .answer("12:01:06", "12:00", "12:01");
  }

  @Test
  void Bug_4_aRunningRowFromTheFutureClosesNoMinute() {
    StreamRig rig =
        filled(RUNNING_ROWS)
            .row("12:00:40", "12:00", "7", false)
            .row("12:00:41", "13:00", "9", false)
            .row("12:00:42", "12:00:30", "9", false)
            .row("12:00:50", "12:00", "8", false);
    assertThat(rig.judged).hasSize(10);
    assertThat(rig.counts.malformed).as("from the future, and off the grid").isEqualTo(2);
    rig.ticks("12:00:51", "12:01:05");
    assertThat(rig.judged()).hasSize(11).last().isEqualTo("12:00 8 STREAM");
    assertThat(rig.coverage()).hasToString("11:50-12:01");
  }

  /** The venue's clock is 4 s ahead, then the connection is lost: 12:00 runs on. */
  @Test
  void Bug_4_whatWasClosedIsForgottenWhenTheFeedBeginsAnew() {
    StreamRig rig =
        filled(RUNNING_ROWS)
            .row("12:00:40", "12:00", "7", false)
            .row("12:00:56", "12:01", "9", false);
    assertThat(rig.judged()).hasSize(11).last().isEqualTo("12:00 7 STREAM");
    rig.stream.interrupted();
    rig.row("12:00:57", "12:00", "8", false).row("12:00:58", "12:00", "9", false);
    assertThat(rig.judged).hasSize(11);
    rig.ticks("12:00:59", "12:01:05");
    assertThat(rig.judged()).hasSize(12).last().isEqualTo("12:00 9 STREAM");
  }

  /** 12:01 came first, then 12:00 once more: it lies before what the feed tells wholly. */
  @Test
  void Bug_4_aWaitingBarFromBeforeTheFeedDoesNotHoldUpTheOthers() {
    StreamRig rig =
        StreamRig.live(RUNNING_ROWS)
            .connect("12:00:30")
            .row("12:01:01", "12:01", "8", false)
            .row("12:01:02", "12:00", "7", false);
    for (int minute = 2; minute <= 6; minute++) {
      rig.row("12:0" + minute + ":00", "12:0" + minute, "8", false).fail("12:0" + minute);
    }
    rig.ticks("12:06:01", "12:06:30");
    assertThat(rig.judged()).hasSize(5).startsWith("12:01 8 STREAM");
    assertThat(rig.counts.gaps).isEqualTo(1);
    assertThat(rig.asked()).last().isEqualTo("11:50-12:01");
  }

  @Test
  void aQuietSubscriptionThatWasNeverHeardIsReplacedByAsking() {
    StreamRig rig =
        StreamRig.live(TRADES).connect("12:00:30").answer("12:00:31", "11:50", "12:00", List.of());
    rig.ticks("12:00:32", "12:01:10");
    assertThat(rig.asked()).last().isEqualTo("12:00-12:01");
    rig.answer("12:01:11", "12:00", "12:01", List.of());
    assertThat(rig.judged).isEmpty();
    assertThat(rig.coverage()).hasToString("11:50-12:01");
  }

  @Test
  void aRestartGoesOnWhereTheStoreEnds() {
    CandleMemory memory = new CandleMemory(at("11:40"), List.of(bar(at("11:39"), "5")));
    StreamRig rig = new StreamRig(CLOSED_ROWS, true, memory).connect("12:00:30");
    assertThat(rig.asked()).containsExactly("11:40-12:00");
    assertThat(rig.stream.bar(at("11:39"))).isNotNull();
  }

  @Test
  void afterALongPauseTheOldestMinutesAreGivenUp() {
    StreamRig rig =
        new StreamRig(CLOSED_ROWS, true, new CandleMemory(at("07:00"), List.of()))
            .connect("12:00:30");
    assertThat(rig.asked()).containsExactly("11:00-12:00");
    assertThat(rig.counts.gaps).isEqualTo(1);
  }

  @Test
  void whatTheVenueHasForgottenIsNotWaitedFor() {
    StreamRig rig = StreamRig.live(RUNNING_ROWS).connect("12:00:30");
    rig.answer("12:00:31", "11:55", "12:00");
    assertThat(rig.coverage()).hasToString("11:55-12:00");
    assertThat(rig.synced).hasSize(1);
  }

  @Test
  void aRecordingsHolesAreCountedAndNothingIsAsked() {
    StreamRig rig =
        new StreamRig(CLOSED_ROWS, false, CandleMemory.NONE)
            .connect("12:00:30")
            .row("12:01:00", "12:00", "7", true)
            .row("12:02:00", "12:01", "8", true)
            .row("12:06:00", "12:05", "9", true)
            .ticks("12:06:01", "12:06:30");
    assertThat(rig.judged()).containsExactly("12:00 7 STREAM", "12:01 8 STREAM", "12:05 9 STREAM");
    assertThat(rig.counts.gaps).isEqualTo(1);
    assertThat(rig.covered)
        .containsExactly(
            new StreamRig.Asked(at("12:00"), at("12:01")),
            new StreamRig.Asked(at("12:01"), at("12:02")),
            new StreamRig.Asked(at("12:05"), at("12:06")));
    assertThat(rig.asked).isEmpty();
  }

  @Test
  void otherIntervalsAndTimesThatNobodyCanMeanLeadNowhere() {
    StreamRig rig = connectedAndFilled();
    Bar absurd = bar(java.time.Instant.ofEpochMilli(Long.MAX_VALUE / 2), "7");
    rig.stream.row(StreamRig.row(at("12:00:41"), absurd, true), at("12:00:41"), rig);
    assertThat(rig.counts.malformed).isEqualTo(1);
    rig.row("12:00:42", "12:30", "7", true);
    assertThat(rig.judged()).as("for its judge to say").last().isEqualTo("12:30 7 STREAM");
    rig.row("12:01:00", "12:00", "8", true);
    assertThat(rig.judged()).last().isEqualTo("12:00 8 STREAM");
    assertThat(BigDecimal.valueOf(rig.counts.received)).isEqualByComparingTo("12");
  }

  /** 11:50 to 12:00 were fetched; the newest row of a quiet symbol is from long before. */
  @Test
  void Bug_4_aRowOfThePastDoesNotCoverAHoleAsQuiet() {
    StreamRig rig = filled(RUNNING_ROWS).row("12:00:40", "12:00", "7", false);
    rig.ticks("12:00:40", "12:01:10");
    assertThat(rig.coverage()).hasToString("11:50-12:01");
    rig.stream.disconnected();
    rig.connect("12:09:30").row("12:09:31", "12:02", "6", false).ticks("12:09:31", "12:09:40");

    assertThat(rig.coverage()).as("nobody knows of 12:03").hasToString("11:50-12:01");
    assertThat(rig.asked()).last().isEqualTo("12:01-12:09");
    rig.answer("12:09:41", "12:01", "12:09").ticks("12:09:41", "12:10:05");
    assertThat(rig.coverage()).hasToString("11:50-12:10");
  }

  /** What Coinbase tells at first are trades of before. */
  @Test
  void Bug_4_aTradeOfThePastDoesNotCoverAHoleAsQuiet() {
    StreamRig rig =
        StreamRig.live(TRADES)
            .connect("12:09:30")
            .trade("12:09:31", "12:02:10", "5", "1")
            .ticks("12:09:31", "12:11:05");
    assertThat(rig.coverage()).isNull();
    assertThat(rig.judged).isEmpty();
    rig.answer("12:11:06", "11:59", "12:10").ticks("12:11:06", "12:11:10");
    assertThat(rig.coverage()).as("12:10 is told live").hasToString("11:59-12:11");
  }

  /** Nobody can be asked: the bar counts, and nothing is said of what lies between it and now. */
  @Test
  void Bug_4_aRecordedRowOfThePastCoversNothing() {
    StreamRig rig = new StreamRig(RUNNING_ROWS, false, CandleMemory.NONE).connect("12:09:30");
    rig.row("12:09:31", "12:02", "6", false).row("12:09:40", "12:09", "7", false);
    rig.ticks("12:09:40", "12:10:06");
    assertThat(rig.judged()).containsExactly("12:02 6 STREAM", "12:09 7 STREAM");
    assertThat(rig.coverage()).hasToString("12:09-12:10");
  }
}
