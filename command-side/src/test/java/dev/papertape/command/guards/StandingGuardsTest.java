package dev.papertape.command.guards;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.command.guards.GuardReading.Stand;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guards with a lasting state; every limit is worked out by hand. */
class StandingGuardsTest {
  private static final String SCOPE = "SYMBOL:BTC-USDT";
  private final List<GuardsEvent> told = new ArrayList<>();
  private final StandingGuards guards = new StandingGuards(List.of());

  // Rules.

  @ParameterizedTest
  @CsvSource({
    // peak, equity: the limit is 0.1, and 0.09 is back
    "1000, 900, BETWEEN",
    "1000, 899.99, BEYOND",
    "1000, 910, WITHIN",
    "1000, 909.99, BETWEEN",
    "1000, 1000, WITHIN",
    "1000, 1100, WITHIN",
    "0, -5, BETWEEN",
    ", 900, BETWEEN",
    "1000, , BETWEEN"
  })
  void drawdown(@Nullable BigDecimal peak, @Nullable BigDecimal equity, Stand stand) {
    assertThat(AccountRules.drawdown(peak, equity, AccountLimits.DEFAULT).stand()).isEqualTo(stand);
  }

  @Test
  void aDrawdownIsAFractionOfThePeakAndNeverNegative() {
    assertThat(value("1000", "875")).isEqualByComparingTo("0.125");
    assertThat(value("1000", "1001")).isEqualByComparingTo("0");
  }

  private static @Nullable BigDecimal value(String peak, String equity) {
    return AccountRules.drawdown(
            new BigDecimal(peak), new BigDecimal(equity), AccountLimits.DEFAULT)
        .value();
  }

  @ParameterizedTest
  @CsvSource({"99, WITHIN", "100, BEYOND", "0, WITHIN"})
  void lossStreak(long losses, Stand stand) {
    assertThat(AccountRules.lossStreak(losses, AccountLimits.DEFAULT).stand()).isEqualTo(stand);
  }

  @ParameterizedTest
  @CsvSource({"1000, BEYOND", "999, BETWEEN", "501, BETWEEN", "500, WITHIN"})
  void orderRate(int orders, Stand stand) {
    assertThat(AccountRules.orderRate(orders, GuardLimits.DEFAULT).stand()).isEqualTo(stand);
  }

  @ParameterizedTest
  @CsvSource({"5001, BEYOND", "5000, BETWEEN", "2500, WITHIN", ", BETWEEN"})
  void clockSkew(@Nullable Long skewMs, Stand stand) {
    assertThat(MarketRules.clock(new Venue("A"), skewMs, 5_000).stand()).isEqualTo(stand);
  }

  @Test
  void budget() {
    Map<Venue, String> one = Map.of(new Venue("A"), "BREAKER_OPEN");
    assertThat(MarketRules.budget(BTC, 2, one).stand()).isEqualTo(Stand.WITHIN);
    assertThat(MarketRules.budget(BTC, 1, one).stand()).isEqualTo(Stand.BEYOND);
    assertThat(MarketRules.budget(BTC, 1, one).story().get().inputs())
        .containsEntry("closed:A", "BREAKER_OPEN");
  }

  /** Of the three guards over a symbol's books at most one trips: the one an order would meet. */
  @Property
  void oneOfTheBooksGuardsTripsAtMost(
      @ForAll @IntRange(max = 2) int synced,
      @ForAll @IntRange(max = 2) int stale,
      @ForAll @IntRange(max = 2) int suspect,
      @ForAll boolean hasMid) {
    MarketView market =
        new MarketView(
            synced, stale, suspect, hasMid ? BigDecimal.TEN : null, BigDecimal.ONE, BigDecimal.ONE);
    List<GuardName> beyond =
        MarketRules.books(BTC, market, 5L, 2_000).stream()
            .filter(reading -> reading.stand() == Stand.BEYOND)
            .map(GuardReading::guard)
            .toList();
    assertThat(beyond).isEqualTo(market.missing() == null ? List.of() : List.of(market.missing()));
  }

  // State.

  @Test
  void tellsEachChangeOnceAndNotWhatFluttersAtTheLimit() {
    for (String equity : List.of("950", "899", "898", "905", "899", "909", "910", "905")) {
      guards.judge(
          AccountRules.drawdown(
              new BigDecimal("1000"), new BigDecimal(equity), AccountLimits.DEFAULT),
          NOON,
          told::add);
    }
    assertThat(told).hasSize(2);
    GuardTripped trip = (GuardTripped) told.getFirst();
    assertThat(trip.value()).isEqualByComparingTo("0.101");
    assertThat(trip.limit()).isEqualByComparingTo("0.1");
    assertThat(trip.scope()).isEqualTo("ACCOUNT");
    assertThat(trip.inputs()).containsEntry("equity", "899").containsEntry("peak", "1000");
    assertThat(trip.clearsWhen()).contains("0.09", "PT24H");
    assertThat(((GuardCleared) told.getLast()).value()).isEqualByComparingTo("0.09");
    assertThat(guards.tripped()).isEmpty();
  }

  @Test
  void aMarketIsGoneForASecondBeforeItCounts() {
    market(0, 0);
    market(500, 1); // There again: nothing was said.
    market(600, 0);
    market(1_500, 0);
    assertThat(told).isEmpty();
    market(1_600, 0);
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            GuardTripped.class,
            trip -> {
              assertThat(trip.guard()).isEqualTo(GuardName.NO_SYNCED_BOOK);
              assertThat(trip.feedTime()).isEqualTo(NOON.plusMillis(1_600));
            });
    market(1_700, 1);
    market(2_600, 1);
    assertThat(told).hasSize(1);
    market(2_700, 1);
    assertThat(told.getLast()).isInstanceOf(GuardCleared.class);
  }

  @Test
  void whatIsFollowedNoMoreIsOver() {
    market(0, 0);
    market(1_000, 0);
    guards.retain(Set.of(SCOPE, "ACCOUNT"), NOON, told::add);
    assertThat(told).hasSize(1);
    guards.retain(Set.of("ACCOUNT"), NOON, told::add);
    assertThat(told.getLast()).isInstanceOf(GuardCleared.class);
    assertThat(guards.tripped()).isEmpty();
  }

  /** Trips and clears alternate, whatever the values do. */
  @Property(tries = 200)
  void changesAlternate(
      @ForAll @Size(max = 60) List<@IntRange(min = 850, max = 1_000) Integer> equities) {
    List<GuardsEvent> events = new ArrayList<>();
    StandingGuards fresh = new StandingGuards(List.of());
    equities.forEach(
        equity ->
            fresh.judge(
                AccountRules.drawdown(
                    new BigDecimal("1000"), BigDecimal.valueOf(equity), AccountLimits.DEFAULT),
                NOON,
                events::add));
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i)).isInstanceOf(i % 2 == 0 ? GuardTripped.class : GuardCleared.class);
    }
    assertThat(fresh.tripped()).hasSize(events.size() % 2);
  }

  private void market(long millis, int synced) {
    MarketView market =
        new MarketView(
            synced, 0, 0, synced == 0 ? null : BigDecimal.TEN, BigDecimal.ONE, BigDecimal.ONE);
    MarketRules.books(BTC, market, 5L, 2_000)
        .forEach(reading -> guards.judge(reading, NOON.plusMillis(millis), told::add));
  }

  // What they remember.

  /** The simple way: all equities by minute. */
  @Property(tries = 200)
  void thePeakIsTheHighestOfTheLookBack(
      @ForAll @Size(min = 1, max = 80) List<@IntRange(min = 1, max = 50) Integer> equities,
      @ForAll @IntRange(min = 1, max = 10) int lookBackMinutes) {
    Duration lookBack = Duration.ofMinutes(lookBackMinutes);
    PeakWindow window = new PeakWindow(lookBack, List.of());
    Instant now = NOON;
    for (int i = 0; i < equities.size(); i++) {
      now = NOON.plusSeconds(25L * i);
      window.add(now, BigDecimal.valueOf(equities.get(i)));
      int highest = 0;
      for (int j = 0; j <= i; j++) {
        long minuteEnds = 25L * j / 60 * 60 + 60;
        if (NOON.plusSeconds(minuteEnds).plus(lookBack).isAfter(now)) {
          highest = Math.max(highest, equities.get(j));
        }
      }
      assertThat(window.highest(now)).isEqualByComparingTo(BigDecimal.valueOf(highest));
      assertThat(new PeakWindow(lookBack, window.peaks()).highest(now))
          .isEqualByComparingTo(BigDecimal.valueOf(highest));
    }
    assertThat(window.peaks()).hasSizeLessThanOrEqualTo(lookBackMinutes + 2);
  }

  @Test
  void aRoundIsLostAfterItsFees() {
    ClosedRounds rounds = new ClosedRounds(0, null);
    rounds.filledBy("momentum");
    rounds.closed(closed("1", "2"));
    rounds.closed(closed("-1", "0"));
    assertThat(rounds.losses()).isEqualTo(2);
    rounds.filledBy("_manual");
    rounds.closed(closed("-5", "0"));
    rounds.filledBy("_demo");
    rounds.closed(closed("-5", "0"));
    assertThat(rounds.losses()).as("rounds of people and demos").isEqualTo(2);
    rounds.filledBy("momentum");
    rounds.closed(closed("2", "2"));
    assertThat(rounds.losses()).isZero();
  }

  private static PositionClosed closed(String pnl, String fees) {
    return new PositionClosed(BTC, new BigDecimal(pnl), new BigDecimal(fees), NOON, NOON);
  }

  @Test
  void aClockIsSkewedWhenEveryBookSaysSo() {
    SkewMeter meter = new SkewMeter();
    TestVenue a = new TestVenue("A");
    TestVenue b = new TestVenue("A");
    for (int i = 0; i < 60; i++) {
      tell(a, i, 1_270);
      tell(b, i, 1_270);
      meter.observe(List.of(a, b));
    }
    assertThat(meter.observe(List.of(a, b))).as("a constant offset is sound").isZero();
    tell(a, 61, 9_270);
    tell(b, 61, 1_280);
    assertThat(meter.observe(List.of(a, b))).as("one late message").isEqualTo(10);
    tell(a, 62, 9_270);
    tell(b, 62, 9_370);
    assertThat(meter.observe(List.of(a, b))).isEqualTo(8_000);
  }

  private static void tell(TestVenue book, long second, long offsetMs) {
    book.receivedAt = NOON.plusSeconds(second);
    book.exchangeTime = NOON.plusSeconds(second).minusMillis(offsetMs);
  }
}
