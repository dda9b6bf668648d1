package dev.papertape.command.quality;

import static dev.papertape.command.quality.Bars.MINUTE;
import static dev.papertape.command.quality.Bars.bar;
import static dev.papertape.command.quality.Bars.calm;
import static dev.papertape.command.quality.Bars.judge;
import static dev.papertape.command.quality.Bars.minute;
import static dev.papertape.command.quality.Bars.move;
import static dev.papertape.command.quality.Bars.received;
import static dev.papertape.command.quality.Bars.remarkable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.command.quality.ohlcv.CandlePolicy;
import dev.papertape.command.quality.ohlcv.GapPolicy;
import dev.papertape.command.quality.ohlcv.Quotes;
import dev.papertape.command.quality.ohlcv.Quotes.TopOfBook;
import dev.papertape.command.quality.ohlcv.SecondVenue;
import dev.papertape.command.quality.ohlcv.StreamCandleJudge;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the guards say of broken, odd and good market data. */
class DataQualityTest {

  private static CandleJudge minutes() {
    return minutes(GapPolicy.NO_TRADE_NO_BAR);
  }

  private static CandleJudge minutes(GapPolicy gaps) {
    return new StreamCandleJudge(
        CandlePolicy.live(MINUTE, gaps, new BigDecimal("0.01"), Duration.ofSeconds(30)));
  }

  private static CandleJudge beside(SecondVenue other) {
    return new StreamCandleJudge(
        CandlePolicy.history(MINUTE, GapPolicy.NO_TRADE_NO_BAR), other, Quotes.NONE);
  }

  private static Judgement only(CandleJudge judge, Bar bar) {
    List<Judgement> judgements = judge.judge(bar, received(bar));
    assertThat(judgements).hasSize(1);
    return judgements.getFirst();
  }

  private static void assertRuled(Judgement judgement, Outcome outcome, QualityReason... reasons) {
    assertThat(judgement.outcome()).as(judgement.toString()).isEqualTo(outcome);
    assertThat(judgement.reasons()).as(judgement.detail()).containsExactly(reasons);
  }

  @Nested
  @Group
  class OhlcvShape {
    @Test
    void aPossibleBarPasses() {
      assertRuled(only(minutes(), bar(0, "10", "12", "9", "11", "0")), Outcome.PASSED);
    }

    @Test
    void aPriceOfZeroOrLessIsQuarantined() {
      assertRuled(
          only(minutes(), bar(0, "10", "12", "0", "11", "1")),
          Outcome.QUARANTINED,
          QualityReason.NON_POSITIVE_PRICE);
      assertRuled(
          only(minutes(), bar(0, "10", "12", "-9", "11", "1")),
          Outcome.QUARANTINED,
          QualityReason.NON_POSITIVE_PRICE);
    }

    @Test
    void aHighBelowTheCloseOrALowAboveTheOpenIsQuarantined() {
      assertRuled(
          only(minutes(), bar(0, "10", "10.9", "9", "11", "1")),
          Outcome.QUARANTINED,
          QualityReason.OHLC_INCONSISTENT);
      assertRuled(
          only(minutes(), bar(0, "10", "12", "10.1", "11", "1")),
          Outcome.QUARANTINED,
          QualityReason.OHLC_INCONSISTENT);
    }

    @Test
    void everythingThatIsImpossibleIsNamed() {
      assertRuled(
          only(minutes(), bar(0, "10", "9", "0", "11", "-1")),
          Outcome.QUARANTINED,
          QualityReason.NON_POSITIVE_PRICE,
          QualityReason.OHLC_INCONSISTENT,
          QualityReason.NEGATIVE_VOLUME);
    }

    @Test
    void aBarOffTheGridIsQuarantined() {
      Bar off = withTime(bar(0, "10", "12", "9", "11", "1"), 1);
      assertRuled(only(minutes(), off), Outcome.QUARANTINED, QualityReason.MISALIGNED);
    }

    @Test
    void aBarThatIsNotOverIsNeverTakenAsFinal() {
      Bar open = bar(7, "10", "12", "9", "11", "1");
      CandleJudge judge = minutes();
      List<Judgement> early = judge.judge(open, minute(7).plusSeconds(50));
      assertRuled(early.getFirst(), Outcome.QUARANTINED, QualityReason.NOT_FINAL);
      // The same bar at its end is no duplicate of the open one.
      assertRuled(only(judge, open), Outcome.PASSED);
    }

    @Test
    void aVenueWhoseClockIsASecondAheadOfOursIsBelieved() {
      Bar bar = bar(7, "10", "12", "9", "11", "1");
      List<Judgement> judged = minutes().judge(bar, minute(8).minusMillis(1270));
      assertRuled(judged.getFirst(), Outcome.PASSED);
    }

    @Test
    void aBarThatComesLateIsStaleAndUsed() {
      Bar bar = bar(7, "10", "12", "9", "11", "1");
      List<Judgement> judged = minutes().judge(bar, minute(8).plusSeconds(31));
      assertRuled(judged.getFirst(), Outcome.FLAGGED, QualityReason.STALE);
    }

    @Test
    void aMeanPriceOutsideTheRangeIsOdd() {
      Bar bar = bar(0, "10", "12", "9", "11", "1");
      Bar odd =
          new Bar(
              bar.openTime(),
              bar.open(),
              bar.high(),
              bar.low(),
              bar.close(),
              bar.volume(),
              new BigDecimal("12.2"),
              3L);
      assertRuled(only(minutes(), odd), Outcome.FLAGGED, QualityReason.OHLC_INCONSISTENT);
    }

    @Property(tries = 200)
    void aBarIsPossibleExactlyWhenItsRangeHoldsItsOpenAndClose(
        @ForAll @IntRange(min = 1, max = 50) int open,
        @ForAll @IntRange(min = 1, max = 50) int close,
        @ForAll @IntRange(min = 1, max = 50) int high,
        @ForAll @IntRange(min = 1, max = 50) int low) {
      Bar bar = bar(0, "" + open, "" + high, "" + low, "" + close, "1");
      boolean possible = low <= open && low <= close && high >= open && high >= close;
      assertThat(only(minutes(), bar).outcome())
          .isEqualTo(possible ? Outcome.PASSED : Outcome.QUARANTINED);
    }

    private Bar withTime(Bar bar, long laterMillis) {
      return new Bar(
          bar.openTime().plusMillis(laterMillis),
          bar.open(),
          bar.high(),
          bar.low(),
          bar.close(),
          bar.volume(),
          bar.vwap(),
          bar.trades());
    }
  }

  @Nested
  @Group
  class OhlcvOrder {
    @Test
    void theSameBarAgainIsRejectedWhateverItsTrailingZeros() {
      CandleJudge judge = minutes();
      judge(judge, calm(3));
      Bar again = bar(2, "100.1", "100.11000", "99.9900", "100.0", "1.100300");
      assertRuled(only(judge, again), Outcome.REJECTED, QualityReason.DUPLICATE);
    }

    @Test
    void anotherBarForTheSameIntervalIsARevisionAndUsed() {
      CandleJudge judge = minutes();
      judge(judge, calm(3));
      assertRuled(
          only(judge, bar(2, "100.1", "100.2", "99.9", "100", "2")),
          Outcome.FLAGGED,
          QualityReason.REVISION);
    }

    @Test
    void aRevisionOfTheNewestBarIsWhatTheNextOneFollows() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      // 1.1 % above 100.1 is below the limit of 1.19 %; from there 1.1 % more is one step as well.
      judge.judge(move(39, 100, 101.1), received(move(39, 100, 101.1)));
      assertRuled(only(judge, move(40, 101.1, 102.2)), Outcome.PASSED);
    }

    @Test
    void aRevisionThatIsASpikeIsHeld() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      assertRuled(
          only(judge, move(39, 100, 52)),
          Outcome.QUARANTINED,
          QualityReason.SPIKE,
          QualityReason.REVISION);
    }

    @Test
    void aRevisionTakesTheHeldBarsPlace() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      assertThat(only(judge, move(40, 100.1, 52)).outcome()).isEqualTo(Outcome.QUARANTINED);
      List<Judgement> decided =
          judge.judge(move(40, 100.1, 100.2), received(move(40, 100.1, 100.2)));
      assertThat(decided)
          .extracting(Judgement::outcome)
          .containsExactly(Outcome.CONDEMNED, Outcome.FLAGGED);
    }

    @Test
    void aBarThatComesAfterALaterOneIsOutOfOrderAndUsed() {
      CandleJudge judge = minutes();
      List<Bar> bars = calm(40);
      Bar late = bars.remove(20);
      judge(judge, bars);
      List<Judgement> decided = judge.judge(late, received(late));
      assertRuled(decided.getFirst(), Outcome.FLAGGED, QualityReason.OUT_OF_ORDER);
    }

    @Test
    void aBarOutOfOrderThatDoesNotFitItsNeighbourIsQuarantined() {
      CandleJudge judge = minutes();
      List<Bar> bars = calm(40);
      bars.remove(20);
      judge(judge, bars);
      Bar late = move(20, 100.1, 52);
      assertRuled(
          judge.judge(late, received(late)).getFirst(),
          Outcome.QUARANTINED,
          QualityReason.SPIKE,
          QualityReason.OUT_OF_ORDER);
    }

    @Test
    void aBarFromBeforeAllThatIsRememberedIsNotUsed() {
      CandleJudge judge = minutes();
      Bar newest = move(100_000, 100, 100.1);
      judge.judge(newest, received(newest));
      assertRuled(
          only(judge, move(7, 100, 100.1)), Outcome.QUARANTINED, QualityReason.OUT_OF_ORDER);
    }

    @Property(tries = 50)
    void everyBarIsJudgedOnceAndAgainOnlyWhenItWasHeld(
        @ForAll @Size(max = 60) List<@IntRange(max = 80) Integer> order) {
      CandleJudge judge = minutes();
      List<Bar> calm = calm(81);
      List<Judgement> judgements = judge(judge, order.stream().map(calm::get).toList());
      long settled =
          judgements.stream()
              .filter(j -> j.outcome() == Outcome.RELEASED || j.outcome() == Outcome.CONDEMNED)
              .count();
      assertThat(judgements.size() - settled).isEqualTo(order.size());
      assertThat(judgements.stream().filter(j -> j.outcome() == Outcome.REJECTED).count())
          .isEqualTo(order.size() - order.stream().distinct().count());
    }
  }

  @Nested
  @Group
  class OhlcvGaps {
    @Test
    void everyMissingBarIsAHoleWhereTheVenueLeavesNoneOut() {
      CandleJudge judge = minutes(GapPolicy.BAR_FOR_EVERY_INTERVAL);
      List<Bar> bars = calm(10);
      bars.remove(5);
      Map<Long, Judgement> odd = remarkable(judge(judge, bars));
      assertThat(odd).containsOnlyKeys(6L);
      assertRuled(odd.get(6L), Outcome.FLAGGED, QualityReason.MISSING_BARS);
    }

    @Test
    void minutesWithoutTradesAreNoOutageWhereTheVenueLeavesThemOut() {
      List<Bar> bars = calm(300);
      bars.removeIf(b -> Duration.between(minute(0), b.openTime()).toMinutes() % 3 == 1);
      assertThat(remarkable(judge(minutes(), bars))).isEmpty();
    }

    /**
     * Every other minute trades, so p = (120 + 1) / (240 + 2) = 0.5: 23 missing bars have the
     * probability 1.19e-7, 24 have 5.96e-8, and the limit is 1e-7.
     */
    @Test
    void moreMissingBarsThanChanceExplainsAreAnOutage() {
      List<Bar> everyOther = calm(301);
      everyOther.removeIf(b -> Duration.between(minute(0), b.openTime()).toMinutes() % 2 == 1);
      CandleJudge twentyThree = minutes();
      judge(twentyThree, everyOther);
      assertRuled(only(twentyThree, move(324, 100, 100.1)), Outcome.PASSED);
      CandleJudge twentyFour = minutes();
      judge(twentyFour, everyOther);
      assertRuled(
          only(twentyFour, move(325, 100, 100.1)), Outcome.FLAGGED, QualityReason.MISSING_BARS);
    }
  }

  @Nested
  @Group
  class OhlcvSpike {
    @Test
    void aMoveWithinEightScoresPasses() {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      // From 100: log(101.1 / 100) = 109.4 bps, within 118.6.
      assertRuled(only(judge, move(41, 100, 101.1)), Outcome.PASSED);
    }

    @Test
    void aMoveBeyondIsHeldAndReleasedWhenTheNextBarOpensAtItsLevel() {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      assertRuled(only(judge, move(41, 100, 97)), Outcome.QUARANTINED, QualityReason.SPIKE);
      List<Judgement> settled = judge.judge(move(42, 97.1, 97), received(move(42, 97.1, 97)));
      assertThat(settled)
          .extracting(Judgement::outcome)
          .containsExactly(Outcome.RELEASED, Outcome.PASSED);
    }

    @Test
    void aMoveThatTheNextBarKnowsNothingOfIsBadForGoodAndLeavesNoTrace() {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      judge.judge(move(41, 100, 70), received(move(41, 100, 70)));
      List<Judgement> settled = judge.judge(move(42, 100, 100.1), received(move(42, 100, 100.1)));
      assertThat(settled)
          .extracting(Judgement::outcome)
          .containsExactly(Outcome.CONDEMNED, Outcome.PASSED);
    }

    @Test
    void aBadPrintInOpenAndLowAloneIsBadForGood() {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      Bar print = bar(41, "0.06", "100.2", "0.06", "100", "5.123");
      assertRuled(only(judge, print), Outcome.QUARANTINED, QualityReason.SPIKE);
      List<Judgement> settled = judge.judge(move(42, 100, 100.1), received(move(42, 100, 100.1)));
      assertThat(settled.getFirst().outcome()).isEqualTo(Outcome.CONDEMNED);
    }

    @Test
    void aWickOfAFewPerCentIsReleased() {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      Bar wick = bar(41, "100", "100.2", "97", "100", "5.123");
      assertRuled(only(judge, wick), Outcome.QUARANTINED, QualityReason.SPIKE);
      List<Judgement> settled = judge.judge(move(42, 100, 100.1), received(move(42, 100, 100.1)));
      assertThat(settled.getFirst().outcome()).isEqualTo(Outcome.RELEASED);
    }

    @Test
    void theThirdSpikeInARowAtOneLevelIsANewLevel() {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      // Each opens where the market was: no next bar's open ever confirms the close before it.
      List<Outcome> outcomes =
          judge(judge, List.of(move(41, 100, 80), move(42, 100, 80.1), move(43, 100, 80.2)))
              .stream()
              .map(Judgement::outcome)
              .toList();
      assertThat(outcomes)
          .containsExactly(
              Outcome.QUARANTINED,
              Outcome.CONDEMNED,
              Outcome.QUARANTINED,
              Outcome.CONDEMNED,
              Outcome.FLAGGED);
      assertRuled(only(judge, move(44, 80.2, 80.3)), Outcome.PASSED);
    }

    @Test
    void theSecondVenueConfirmsAtOnce() {
      Map<Long, Bar> other = new java.util.HashMap<>();
      calm(41).forEach(b -> other.put(b.openTime().toEpochMilli(), b));
      Bar crash = move(41, 100, 70);
      other.put(crash.openTime().toEpochMilli(), bar(41, "100.2", "100.3", "69", "71", "3"));
      CandleJudge judge = beside(time -> other.get(time.toEpochMilli()));
      judge(judge, calm(41));
      // |log(70 / 71)| = 142 bps, the median of the ratios being 0: within 500.
      assertRuled(only(judge, crash), Outcome.FLAGGED, QualityReason.SPIKE);
    }

    @Test
    void theSecondVenueDeniesEvenWhatTheNextOpenWouldConfirm() {
      Map<Long, Bar> other = new java.util.HashMap<>();
      calm(50).forEach(b -> other.put(b.openTime().toEpochMilli(), b));
      CandleJudge judge = beside(time -> other.get(time.toEpochMilli()));
      judge(judge, calm(41));
      assertRuled(only(judge, move(41, 100, 70)), Outcome.QUARANTINED, QualityReason.SPIKE);
      List<Judgement> settled = judge.judge(move(42, 70, 70.1), received(move(42, 70, 70.1)));
      assertThat(settled.getFirst().outcome()).isEqualTo(Outcome.CONDEMNED);
    }

    @Test
    void aSecondVenueWithoutABarLeavesItToTheNextOpen() {
      Map<Long, Bar> other = new java.util.HashMap<>();
      calm(41).forEach(b -> other.put(b.openTime().toEpochMilli(), b));
      CandleJudge judge = beside(time -> other.get(time.toEpochMilli()));
      judge(judge, calm(41));
      judge.judge(move(41, 100, 70), received(move(41, 100, 70)));
      List<Judgement> settled = judge.judge(move(42, 70, 70.1), received(move(42, 70, 70.1)));
      assertThat(settled.getFirst().outcome()).isEqualTo(Outcome.RELEASED);
    }

    @Property(tries = 100)
    void noSequenceOfPricesLocksTheStreamOut(
        @ForAll @Size(min = 20, max = 80) List<@DoubleRange(min = 1, max = 1000) Double> closes,
        @ForAll @Size(min = 20, max = 80) List<@DoubleRange(min = 1, max = 1000) Double> opens) {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      List<Bar> wild = new ArrayList<>();
      for (int i = 0; i < Math.min(closes.size(), opens.size()); i++) {
        wild.add(move(41 + i, opens.get(i), closes.get(i)));
      }
      Map<Long, Judgement> last = remarkable(judge(judge, wild));
      int unused = 0;
      for (long minute = 41; minute < 41 + wild.size(); minute++) {
        Judgement judgement = last.get(minute);
        boolean used =
            judgement == null
                || judgement.outcome() == Outcome.FLAGGED
                || judgement.outcome() == Outcome.RELEASED;
        unused = used ? 0 : unused + 1;
        assertThat(unused).as("bars in a row that are not used").isLessThan(6);
      }
    }

    @Property(tries = 100)
    void aMarketThatOpensWhereItClosedIsNeverCondemned(
        @ForAll @Size(min = 2, max = 60) List<@DoubleRange(min = 0.7, max = 1.4) Double> moves) {
      CandleJudge judge = minutes();
      judge(judge, calm(41));
      double price = 100;
      List<Bar> bars = new ArrayList<>();
      for (double move : moves) {
        bars.add(move(41 + bars.size(), price, price * move));
        price *= move;
      }
      assertThat(judge(judge, bars)).noneMatch(j -> j.outcome() == Outcome.CONDEMNED);
    }
  }

  @Nested
  @Group
  class OhlcvContent {
    @Test
    void tellingContentUnderAnotherTimeIsQuarantined() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      Bar original = bar(40, "100", "100.31", "99.87", "100.12", "3.4567");
      Bar copy = bar(45, "100", "100.31", "99.87", "100.12", "3.4567");
      assertRuled(only(judge, original), Outcome.PASSED);
      assertRuled(only(judge, copy), Outcome.QUARANTINED, QualityReason.REPEATED_CONTENT);
    }

    /** Found in the shared data: 0.21 traded at 5390.00 and 5389.99 at 10:02 and at 10:20. */
    @Test
    void poorContentMayComeTwiceButNotTwiceInARow() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      List<Judgement> judged =
          judge(
              judge,
              List.of(
                  bar(40, "100", "100", "99.99", "100", "0.21"),
                  bar(41, "100", "100.01", "100", "100", "0.3"),
                  bar(50, "100", "100", "99.99", "100", "0.21"),
                  bar(51, "100", "100.01", "100", "100", "0.3")));
      assertThat(judged)
          .extracting(Judgement::outcome)
          .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.PASSED, Outcome.QUARANTINED);
    }

    @Test
    void aFeedThatSendsItsLastBarAgainAndAgainIsCaught() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      List<Bar> frozen = new ArrayList<>();
      for (int i = 40; i < 45; i++) {
        frozen.add(bar(i, "100", "100.1", "100", "100.1", "0.5"));
      }
      // Too poor to be caught the first time, a minute apart again the second.
      assertThat(judge(judge, frozen))
          .extracting(Judgement::outcome)
          .containsExactly(
              Outcome.PASSED,
              Outcome.PASSED,
              Outcome.QUARANTINED,
              Outcome.QUARANTINED,
              Outcome.QUARANTINED);
    }

    @Test
    void anHourWithoutATradeIsAFlatline() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      List<Bar> flat = new ArrayList<>();
      for (int i = 40; i < 101; i++) {
        flat.add(bar(i, "100.1", "100.1", "100.1", "100.1", "0"));
      }
      Map<Long, Judgement> odd = remarkable(judge(judge, flat));
      assertThat(odd).containsOnlyKeys(99L, 100L);
      assertRuled(odd.get(99L), Outcome.FLAGGED, QualityReason.FLATLINE);
    }

    @Test
    void whatAVenueSaysItCarriedForwardIsNoFlatlineAndHasNoMeanPrice() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      List<Bar> carried = new ArrayList<>();
      BigDecimal level = new BigDecimal("100.1");
      for (int i = 40; i < 240; i++) {
        carried.add(
            new Bar(minute(i), level, level, level, level, BigDecimal.ZERO, BigDecimal.ZERO, 0L));
      }
      assertThat(remarkable(judge(judge, carried))).isEmpty();
      // They did not pull the MAD down either: what was usual before them still is.
      assertRuled(only(judge, move(240, 100.1, 101.1)), Outcome.PASSED);
    }

    @Test
    void aVolumeFourHundredTimesTheUsualIsOdd() {
      CandleJudge judge = minutes();
      judge(judge, calm(40));
      // The median volume is 1.102 and exp(8 · 1.4826 · 0.5) = 376.5: the limit lies at 415.
      assertRuled(only(judge, bar(40, "100.1", "100.2", "100", "100", "390")), Outcome.PASSED);
      assertRuled(
          only(judge, bar(41, "100", "100.2", "100", "100.1", "440")),
          Outcome.FLAGGED,
          QualityReason.VOLUME_SPIKE);
    }

    @Test
    void aStreamThatIsAnotherVenuesIsACloneAfterTwentyBars() {
      Map<Long, Bar> other = new java.util.HashMap<>();
      calm(60).forEach(b -> other.put(b.openTime().toEpochMilli(), b));
      CandleJudge judge = beside(time -> other.get(time.toEpochMilli()));
      Map<Long, Judgement> odd = remarkable(judge(judge, calm(25)));
      assertThat(odd).containsOnlyKeys(19L, 20L, 21L, 22L, 23L, 24L);
      assertRuled(odd.get(19L), Outcome.FLAGGED, QualityReason.CLONED_STREAM);
    }

    @Test
    void aDriftAwayFromTheSecondVenueIsFlagged() {
      Map<Long, Bar> other = new java.util.HashMap<>();
      calm(60)
          .forEach(
              b ->
                  other.put(
                      b.openTime().toEpochMilli(),
                      bar(
                          Duration.between(minute(0), b.openTime()).toMinutes(),
                          "100",
                          "101",
                          "99",
                          "100",
                          "7")));
      CandleJudge judge = beside(time -> other.get(time.toEpochMilli()));
      judge(judge, calm(41));
      List<Bar> drift = new ArrayList<>();
      double price = 100;
      for (int i = 41; i < 47; i++) {
        drift.add(move(i, price, price * 1.01));
        price *= 1.01;
      }
      // 100 · 1.01^5 is 4.98 % off in logs, 1.01^6 is 5.97 %.
      Map<Long, Judgement> odd = remarkable(judge(judge, drift));
      assertThat(odd).containsOnlyKeys(46L);
      assertRuled(odd.get(46L), Outcome.FLAGGED, QualityReason.CROSS_VENUE_DEVIATION);
    }

    @Test
    void quotesThatStandStillWhileTradesMoveAreFrozen() {
      // Bars of 100 to 100.1.
      Map<Long, Judgement> odd = remarkable(judge(quoted("100.02", "100.03"), calm(6)));
      // The first bar sees the quotes for the first time; five more have them unchanged.
      assertThat(odd).containsOnlyKeys(5L);
      assertRuled(odd.get(5L), Outcome.FLAGGED, QualityReason.FROZEN_QUOTES);
    }

    /**
     * Ticks are wide where a coin is worth a dollar: takers buy at one side and sell at the other.
     */
    @Test
    void Bug_4_quotesBetweenWhichIsTradedAreNotFrozen() {
      assertThat(remarkable(judge(quoted("99.9", "100.2"), calm(20)))).isEmpty();
    }

    /** Back and forth within each bar. */
    @Test
    void quotesThatMovedInBetweenAreNotFrozen() {
      CandleJudge judge =
          quoted(end -> new TopOfBook(new BigDecimal("100.02"), new BigDecimal("100.03"), end));
      assertThat(remarkable(judge(judge, calm(20)))).isEmpty();
    }

    private CandleJudge quoted(String bid, String ask) {
      TopOfBook still = new TopOfBook(new BigDecimal(bid), new BigDecimal(ask), Instant.EPOCH);
      return quoted(_ -> still);
    }

    private CandleJudge quoted(Quotes quotes) {
      return new StreamCandleJudge(
          CandlePolicy.history(MINUTE, GapPolicy.NO_TRADE_NO_BAR), SecondVenue.NONE, quotes);
    }
  }

  /** Real files, the bad prints and the true crashes in them. */
  @Nested
  class OhlcvFiles extends SharedCandleFiles {}

  @Nested
  class L2Levels extends LevelRulesContract {}

  @Nested
  class L2Statistics extends BookGuardContract {}

  @Nested
  class L2Doubted extends DoubtedBookContract {}

  @Nested
  class Trades extends TradeTapeContract {}

  @Nested
  class Quarantine extends QuarantineContract {}

  @Nested
  class QuarantineFlood extends QuarantineDeskContract {}
}
