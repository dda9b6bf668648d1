package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.book.IntegrityRule.Position;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceRuleTest {

  @ParameterizedTest(name = "snapshot {0}, then [{1}, {2}]: {3}")
  @CsvSource({
    "100,  90,  99, Stale",
    "100,  95, 100, Stale",
    "100,  95, 101, InOrder",
    "100, 100, 105, InOrder",
    "100, 101, 101, InOrder", // lastUpdateId is not within [U, u]; Binance's page says otherwise
    "100, 102, 103, Gap",
    "100, 110, 120, Gap"
  })
  void firstSpotMessageAfterASnapshot(long snapshot, long first, long last, String verdict) {
    assertVerdict(
        SequenceRule.SPOT.judge(new Position(snapshot, false), spot(first, last)), verdict);
  }

  @ParameterizedTest(name = "book at {0}, then [{1}, {2}]: {3}")
  @CsvSource({
    "100,  90,  99, Stale",
    "100,  98, 100, Duplicate",
    "100, 101, 104, InOrder",
    "100,  99, 104, InOrder", // overlaps; quantities are absolute
    "100, 102, 104, Gap"
  })
  void nextSpotMessage(long book, long first, long last, String verdict) {
    assertVerdict(SequenceRule.SPOT.judge(new Position(book, true), spot(first, last)), verdict);
  }

  @ParameterizedTest(name = "snapshot {0}, then [{1}, {2}] pu {3}: {4}")
  @CsvSource({
    "100,  90,  99,  85, Stale",
    "100,  95, 100,  90, InOrder", // u == lastUpdateId is kept
    "100,  95, 105,  90, InOrder",
    "100, 100, 105,  98, InOrder",
    "100, 101, 105,  98, Gap",
    "100, 103, 105, 102, Gap"
  })
  void firstFuturesMessageAfterASnapshot(
      long snapshot, long first, long last, long previous, String verdict) {
    assertVerdict(
        SequenceRule.FUTURES.judge(new Position(snapshot, false), futures(first, last, previous)),
        verdict);
  }

  @ParameterizedTest(name = "book at {0}, then [{1}, {2}] pu {3}: {4}")
  @CsvSource({
    "100,  90,  99,  85, Stale",
    "100,  95, 100,  90, Duplicate",
    "100, 150, 170, 100, InOrder", // ids are shared by all symbols: U need not be book + 1
    "100, 150, 170, 120, Gap",
    "100, 150, 170,  90, OutOfOrder"
  })
  void nextFuturesMessage(long book, long first, long last, long previous, String verdict) {
    assertVerdict(
        SequenceRule.FUTURES.judge(new Position(book, true), futures(first, last, previous)),
        verdict);
  }

  @ParameterizedTest
  @CsvSource({"100, 102, 1", "100, 111, 10"})
  void spotGapTellsHowManyUpdatesAreMissing(long book, long first, long missing) {
    assertThat(SequenceRule.SPOT.judge(new Position(book, true), spot(first, first + 5)))
        .isEqualTo(new Verdict.Gap(missing));
  }

  private static void assertVerdict(Verdict verdict, String name) {
    assertThat(verdict.getClass().getSimpleName()).isEqualTo(name);
  }

  private static DepthDiff spot(long first, long last) {
    return futures(first, last, UpdateIds.NO_PREVIOUS);
  }

  private static DepthDiff futures(long first, long last, long previous) {
    return new DepthDiff(
        new Arrival(new Venue("BINANCE"), Instant.EPOCH, 0, 0),
        new Symbol("BTC-USDT"),
        new UpdateIds(first, last, previous),
        Instant.EPOCH,
        PriceLevels.NONE,
        PriceLevels.NONE);
  }
}
