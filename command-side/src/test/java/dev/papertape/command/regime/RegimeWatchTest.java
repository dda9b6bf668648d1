package dev.papertape.command.regime;

import static dev.papertape.command.regime.Bars.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegimeWatchTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Venue ALTO = new Venue("ALTO");
  private static final Venue BRIO = new Venue("BRIO");
  private static final List<RegimeBar> BARS = new Bars(1).walk(720, 0, 5e-4).all();
  private static final Instant NOW = BARS.getLast().closeTime().plusSeconds(20);

  private final RegimeWatch watch = new RegimeWatch();
  private final List<RegimeEvent> told = new ArrayList<>();

  private void tick(Instant feedTime) {
    watch.tick(BTC, null, List::of, feedTime, told::add);
  }

  private static JudgedCandle judged(Venue venue, RegimeBar bar, Outcome outcome) {
    return new JudgedCandle(
        new Candle(venue, BTC, CandleInterval.ONE_MINUTE, bar(bar)),
        CandleOrigin.STREAM,
        outcome,
        List.of(),
        "",
        bar.closeTime());
  }

  private static Bar bar(RegimeBar bar) {
    BigDecimal close = BigDecimal.valueOf(bar.close());
    return new Bar(
        bar.openTime(),
        close,
        BigDecimal.valueOf(bar.high()),
        BigDecimal.valueOf(bar.low()),
        close,
        BigDecimal.ONE,
        null,
        null);
  }

  @Test
  void twelve_hours_of_history_are_worked_off_in_a_few_ticks_and_told_once() {
    BARS.forEach(bar -> watch.candle(judged(ALTO, bar, Outcome.PASSED)));
    int ticks = 0;
    for (; told.isEmpty() && ticks < 50; ticks++) {
      tick(NOW.plusMillis(100L * ticks));
    }
    assertThat(told).hasSize(1);
    // 720 bars at 64 a tick, and a tick for each of the fits after 120, 240 and 480 returns.
    assertThat(ticks).isBetween(12, 15);
    RegimeChanged first = (RegimeChanged) told.getFirst();
    assertThat(first.previous()).isNull();
    assertThat(first.probabilities()).isNotNull();
    assertThat(watch.regimeOf(BTC)).isEqualTo(first.regime());
    assertThat(watch.regimeOf(new Symbol("ETH-USDT"))).isNull();
    tick(NOW.plusSeconds(10));
    assertThat(told).hasSize(1);
  }

  @Test
  void the_same_as_over_the_bars_alone_whatever_other_venues_say() {
    RegimeChanged alone = play(BARS, null);
    List<RegimeBar> odd =
        BARS.stream()
            .map(bar -> new RegimeBar(bar.openTime(), MINUTE, bar.high() * 3, bar.low() / 3, 1))
            .toList();
    assertThat(play(BARS, odd)).isEqualTo(alone);
  }

  private static RegimeChanged play(List<RegimeBar> leader, @Nullable List<RegimeBar> other) {
    RegimeWatch watch = new RegimeWatch();
    List<RegimeEvent> told = new ArrayList<>();
    for (int i = 0; i < leader.size(); i++) {
      if (other != null) {
        watch.candle(judged(BRIO, other.get(i), Outcome.PASSED));
      }
      watch.candle(judged(ALTO, leader.get(i), Outcome.PASSED));
    }
    for (int n = 0; n < 50; n++) {
      watch.tick(BTC, null, List::of, NOW.plusMillis(100L * n), told::add);
    }
    // When it is told is a tick's matter; what is told is not.
    RegimeChanged last = (RegimeChanged) told.getLast();
    return new RegimeChanged(
        last.symbol(),
        last.regime(),
        last.previous(),
        last.probabilities(),
        last.features(),
        last.rule(),
        last.modelVersion(),
        NOW);
  }

  @Test
  void bars_in_quarantine_are_none() {
    BARS.forEach(bar -> watch.candle(judged(ALTO, bar, Outcome.QUARANTINED)));
    for (int n = 0; n < 50; n++) {
      tick(NOW.plusMillis(100L * n));
    }
    assertThat(told).isEmpty();
  }

  @Test
  void what_an_earlier_life_told_is_known_at_once_and_not_told_again() {
    OnlineFeatures stored = OnlineFeatures.unkept();
    stored.recall(ALTO, BTC, BARS.stream().map(RegimeWatchTest::bar).toList(), List.of());
    RegimeChanged before = play(BARS, null);
    watch.recall(stored, List.of(before));
    assertThat(watch.regimeOf(BTC)).isEqualTo(before.regime());
    for (int n = 0; n < 50; n++) {
      tick(NOW.plusMillis(100L * n));
    }
    assertThat(told).isEmpty();
  }

  // Which venue's bar stands for a minute.

  @Test
  void a_minute_that_the_leader_lacks_is_anothers_some_seconds_after_its_end() {
    BarChoice choice = new BarChoice();
    RegimeBar first = BARS.get(0);
    RegimeBar second = BARS.get(1);
    choice.offer(ALTO, first);
    assertThat(choice.poll(first.closeTime())).isSameAs(first);
    choice.offer(BRIO, second);
    assertThat(choice.poll(second.closeTime().plusSeconds(5))).isNull();
    assertThat(choice.poll(second.closeTime().plusSeconds(6))).isSameAs(second);
    choice.offer(ALTO, second);
    assertThat(choice.poll(second.closeTime().plusSeconds(7))).isNull();
  }

  @Test
  void the_leaders_bar_is_taken_at_once_and_outweighs_the_others() {
    BarChoice choice = new BarChoice();
    RegimeBar alto = BARS.get(0);
    RegimeBar brio = new RegimeBar(alto.openTime(), MINUTE, 2, 1, 1);
    choice.offer(ALTO, alto);
    choice.offer(BRIO, brio);
    assertThat(choice.poll(alto.closeTime())).isSameAs(alto);
    assertThat(choice.poll(alto.closeTime().plusSeconds(60))).isNull();
  }
}
