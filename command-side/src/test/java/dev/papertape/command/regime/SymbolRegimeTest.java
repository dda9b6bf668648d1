package dev.papertape.command.regime;

import static dev.papertape.command.regime.Bars.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.contracts.regime.VolatilityState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SymbolRegimeTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final double USUAL = 5e-4;

  private final SymbolRegime regime = new SymbolRegime(BTC, RegimeSettings.DEFAULT);
  private final List<RegimeChanged> told = new ArrayList<>();

  private void play(List<RegimeBar> bars) {
    for (RegimeBar bar : bars) {
      regime.bar(bar);
      RegimeChanged news = regime.news(bar.closeTime());
      if (news != null) {
        told.add(news);
      }
    }
  }

  private List<Regime> labels() {
    return told.stream().map(RegimeChanged::regime).toList();
  }

  @Test
  void nothing_is_told_before_thirty_returns() {
    play(new Bars(1).walk(30, 0, USUAL).all());
    assertThat(told).isEmpty();
    play(new Bars(1).walk(31, 0, USUAL).all());
    assertThat(told).hasSize(1);
    RegimeChanged first = told.getFirst();
    assertThat(first.previous()).isNull();
    assertThat(first.probabilities()).isNull();
    assertThat(first.modelVersion()).isEqualTo("rules-1");
    assertThat(first.features()).containsKeys("adx", "chop", "trend", "volatilityRatio");
    assertThat(first.features()).doesNotContainKeys("spreadBps", "varianceRatio");
  }

  @Test
  void a_steady_rise_is_a_trend_up_and_a_steady_fall_one_down() {
    play(
        new Bars(2)
            .walk(200, 0, USUAL)
            .walk(25, 2 * USUAL, USUAL / 4)
            .walk(40, -USUAL, USUAL / 4)
            .all());
    assertThat(labels()).contains(Regime.TREND_UP).endsWith(Regime.TREND_DOWN);
    assertThat(told.getLast().features().get("trend")).isLessThan(-0.8);
    assertThat(told.getLast().rule()).contains("ADX");
  }

  @Test
  void threefold_volatility_without_direction_is_high_volatility() {
    play(new Bars(5).walk(300, 0, USUAL).walk(30, 0, 3 * USUAL).all());
    assertThat(regime.regime()).isEqualTo(Regime.HIGH_VOL);
    RegimeChanged last = told.getLast();
    assertThat(last.regime()).isEqualTo(Regime.HIGH_VOL);
    VolatilityState states = Objects.requireNonNull(last.probabilities());
    assertThat(states.calm() + states.normal() + states.turbulent()).isCloseTo(1, within(1e-12));
    assertThat(last.modelVersion()).matches("rules-1/hmm-[0-9a-f]{8}");
  }

  @Test
  void a_fall_of_many_usual_moves_is_stress_at_once_though_the_label_is_new() {
    Bars bars = new Bars(4).walk(200, 0, USUAL);
    play(bars.all());
    Regime before = regime.regime();
    play(new Bars(4).walk(200, 0, USUAL).walk(1, -20 * USUAL, 0).all());
    assertThat(regime.regime()).isEqualTo(Regime.STRESS);
    assertThat(told.getLast().previous()).isEqualTo(before);
    assertThat(told.getLast().rule()).startsWith("fell ");
  }

  @Test
  void a_sample_between_bars_calls_stress_before_the_bar_closes() {
    List<RegimeBar> bars = new Bars(6).walk(200, 0, USUAL).all();
    play(bars);
    RegimeBar last = bars.getLast();
    Instant at = last.closeTime();
    for (int second = 1; second <= 5; second++) {
      regime.sample(at.plusSeconds(second), last.close() * (1 - 4 * USUAL * second), 1);
    }
    RegimeChanged news = Objects.requireNonNull(regime.news(at.plusSeconds(5)));
    assertThat(news.regime()).isEqualTo(Regime.STRESS);
    assertThat(news.feedTime()).isEqualTo(at.plusSeconds(5));
  }

  @Test
  void a_spread_of_three_times_the_usual_is_stress_and_ends_when_it_is_usual_again() {
    Bars bars = new Bars(7).walk(200, 0, USUAL);
    play(bars.all());
    Instant at = bars.all().getLast().closeTime();
    double mid = bars.all().getLast().close();
    for (int second = 0; second < 50; second++) {
      regime.sample(at.plusSeconds(second), mid, 2);
    }
    assertThat(regime.regime()).isNotEqualTo(Regime.STRESS);
    for (int second = 50; second < 120; second++) {
      regime.sample(at.plusSeconds(second), mid, second < 60 ? 2 : 6);
    }
    RegimeChanged news = Objects.requireNonNull(regime.news(at.plusSeconds(119)));
    assertThat(news.regime()).isEqualTo(Regime.STRESS);
    assertThat(news.rule()).startsWith("spread is ");
    assertThat(news.features().get("spreadRatio")).isBetween(2.2, 3.01);
    for (int second = 120; second < 240; second++) {
      regime.sample(at.plusSeconds(second), mid, 2);
    }
    play(new Bars(7).walk(204, 0, USUAL).all());
    assertThat(regime.regime()).isNotEqualTo(Regime.STRESS);
  }

  @Test
  void a_label_other_than_stress_holds_for_two_bars() {
    List<RegimeBar> bars = new Bars(11).walk(1_500, 0, USUAL).all();
    play(bars);
    assertThat(told).hasSizeGreaterThan(5);
    for (int i = 1; i < told.size(); i++) {
      if (told.get(i).regime() != Regime.STRESS) {
        assertThat(Duration.between(told.get(i - 1).feedTime(), told.get(i).feedTime()))
            .isGreaterThanOrEqualTo(MINUTE.multipliedBy(2));
      }
      assertThat(told.get(i).previous()).isEqualTo(told.get(i - 1).regime());
    }
  }

  @Test
  void history_that_is_worked_off_is_not_news() {
    List<RegimeBar> bars = new Bars(1).walk(300, 0, USUAL).all();
    Instant now = bars.getLast().closeTime();
    for (RegimeBar bar : bars) {
      regime.bar(bar);
      if (bar.closeTime().isBefore(now.minus(MINUTE.multipliedBy(3)))) {
        assertThat(regime.news(now)).isNull();
      }
    }
    assertThat(regime.news(now)).isNotNull();
  }

  /** As after a restart: the same bars, and what the log says was told. */
  @Test
  void a_label_that_was_told_in_an_earlier_life_is_not_told_again() {
    List<RegimeBar> bars = new Bars(1).walk(300, 0, USUAL).all();
    play(bars);
    SymbolRegime again = new SymbolRegime(BTC, RegimeSettings.DEFAULT);
    again.recall(told.getLast().regime());
    assertThat(again.told()).isEqualTo(told.getLast().regime());
    bars.forEach(again::bar);
    assertThat(again.news(bars.getLast().closeTime())).isNull();
  }

  @Test
  void an_engine_that_starts_over_from_two_thousand_bars_has_the_model_it_had() {
    List<RegimeBar> bars =
        new Bars(3).walk(1_300, 0, USUAL).walk(300, 0, 3 * USUAL).walk(1_900, 0, USUAL).all();
    play(bars);
    SymbolRegime again = new SymbolRegime(BTC, RegimeSettings.DEFAULT);
    bars.subList(bars.size() - 2_000, bars.size()).forEach(again::bar);
    RegimeChanged fresh = Objects.requireNonNull(again.news(bars.getLast().closeTime()));
    assertThat(again.regime()).isEqualTo(regime.regime());
    RegimeBar next = new Bars(9).walk(1, 0, 0).all().getFirst();
    RegimeBar fall = new RegimeBar(bars.getLast().closeTime(), MINUTE, next.high(), 1, 1);
    regime.bar(fall);
    again.bar(fall);
    assertThat(Objects.requireNonNull(regime.news(fall.closeTime())).modelVersion())
        .isEqualTo(fresh.modelVersion());
  }

  @Test
  void no_return_reaches_over_a_hole() {
    Bars bars = new Bars(8).walk(200, 0, USUAL);
    play(bars.all());
    List<RegimeBar> later =
        new Bars(8).walk(200, 0, USUAL).hole(Duration.ofHours(1)).walk(31, 0, USUAL).all();
    Regime before = regime.regime();
    List<RegimeBar> elsewhere =
        later.subList(200, later.size()).stream()
            .map(
                bar ->
                    new RegimeBar(
                        bar.openTime(), MINUTE, bar.high() / 2, bar.low() / 2, bar.close() / 2))
            .toList();
    regime.bar(elsewhere.getFirst());
    assertThat(regime.regime()).isEqualTo(before);
    elsewhere.forEach(regime::bar);
    assertThat(regime.regime()).isNotEqualTo(Regime.STRESS).isNotEqualTo(Regime.HIGH_VOL);
  }

  @Test
  void a_market_that_stands_still_chops() {
    play(new Bars(1).walk(700, 0, 0).all());
    assertThat(labels()).containsExactly(Regime.CHOP);
    assertThat(told.getFirst().features().values()).allMatch(Double::isFinite);
  }

  @Property(tries = 40)
  void other_bars_to_come_change_no_label_of_the_past(
      @ForAll @IntRange(min = 1, max = 500) int past,
      @ForAll long seed,
      @ForAll long one,
      @ForAll long other) {
    assertThat(statesOf(past, seed, one)).isEqualTo(statesOf(past, seed, other));
  }

  /** Of the first bars, with others after them: all that could be told at each. */
  private static List<String> statesOf(int past, long seed, long future) {
    List<RegimeBar> bars = new ArrayList<>(new Bars(seed).walk(past, 0, USUAL).all());
    Instant after = bars.getLast().openTime();
    double level = bars.getLast().close() / 100;
    new Bars(future)
        .walk(past + 200, 1e-4, 3 * USUAL).all().stream()
            .filter(bar -> bar.openTime().isAfter(after))
            .forEach(
                bar ->
                    bars.add(
                        new RegimeBar(
                            bar.openTime(),
                            MINUTE,
                            level * bar.high(),
                            level * bar.low(),
                            level * bar.close())));
    SymbolRegime regime = new SymbolRegime(BTC, RegimeSettings.DEFAULT);
    List<String> states = new ArrayList<>();
    for (RegimeBar bar : bars) {
      regime.bar(bar);
      RegimeChanged news = regime.news(bar.closeTime());
      if (!bar.openTime().isAfter(after)) {
        states.add(regime.regime() + " " + news);
      }
    }
    return states;
  }
}
