package dev.papertape.query.report;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.KRAKEN;
import static dev.papertape.query.SampleEvents.T0;
import static dev.papertape.query.report.WorkedDay.filled;
import static dev.papertape.query.report.WorkedDay.marked;
import static dev.papertape.query.report.WorkedDay.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.Side;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.SampleEvents;
import dev.papertape.query.report.EquitySamples.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A day worked by hand gives exactly the reports; and what holds for every day. */
class ReportRollupsTest {
  private static final ReportWindow HOUR = ReportWindow.parse("1h");
  private static final Offset<BigDecimal> LAST_DECIMALS = within(number("1e-12"));

  /*
   * The costs of the model: half a spread of 1 bps and the least taker fee, 9 bps: 10 bps.
   *
   * Rebalance at 2 s, mid 100, unit 10,000, cap 5,000: momentum 0.6 · 1 = 0.6, reversion
   * 0.4 · −0.5 = −0.2.
   *   {m}: 6,000, capped: 5,000 = 50 units.  {r}: −2,000 = −20.  {m, r}: 0.4: 4,000 = 40.
   *   Shapley quantity   m (50 + 60) / 2 = 55,      r (−20 − 10) / 2 = −15
   *   leave-one-out      m 40 − (−20) = 60,         r 40 − 50 = −10
   *   costs: {m} 5, {r} 2, both 4
   *   Shapley cost       m (5 + 2) / 2 = 3.5,       r (2 − 1) / 2 = 0.5
   *   leave-one-out      m 4 − 2 = 2,               r 4 − 5 = −1
   *
   * What was really done: momentum wants 60, reversion −20; 20 of them cross at 100. Of the other
   * 40, 25 fill at BINANCE at 100.2 (fee 2.2545) and 10 at KRAKEN at 100.4 (fee 1.4056). A person
   * buys 2 at KRAKEN at 101 (fee 0.2828).
   *
   * At 5 s the mid is 102:
   *   momentum   55 · 102 − 20 · 100 − 25 · 100.2 − 10 · 100.4 = 5,610 − 5,509 = 101, fees 3.6601
   *   reversion  −20 · 102 + 20 · 100 = −40
   *   _manual    2 · 102 − 2 · 101 = 2, fees 0.2828
   *   total      97.3399 − 40 + 1.7172 = 59.0571
   *   Shapley        m 55 · 2 − 3.5 = 106.5,   r −15 · 2 − 0.5 = −30.5,   both 76
   *   leave-one-out  m 60 · 2 − 2 = 118,       r −10 · 2 + 1 = −19
   *
   * Rebalance at 65 s, mid 102, unit 10,200, cap 5,100: momentum 0, reversion −0.2.
   *   {m}: 0.  {r}: −2,040 = −20.  {m, r}: −20.  Ways: {m} 50, {r} 0, both 60; a unit costs 0.102:
   *   costs 5.1, 0, 6.12
   *   Shapley cost   m (5.1 + 6.12) / 2 = 5.61,  r (0 + 1.02) / 2 = 0.51; quantities 0 and −20
   *   leave-one-out  m 6.12, quantity 0;         r 6.12 − 5.1 = 1.02, quantity −20 − 0 = −20
   * Momentum's 55 are sold at BINANCE at 101.9: 5,604.5, fee 5.04405.
   *
   * At 70 s the mid is 101:
   *   momentum   −5,509 + 5,604.5 = 95.5, fees 3.6601 + 5.04405 = 8.70415: 86.79585; one trade, won
   *   reversion  2,000 − 20 · 101 = −20
   *   _manual    2 · 101 − 202 = 0, fees 0.2828: −0.2828
   *   total      66.51305
   *   Shapley        m 106.5 − 5.61 = 100.89,   r −30.5 − 0.51 + 20 = −11.01,   both 89.88
   *   leave-one-out  m 118 − 6.12 = 111.88,     r −19 − 1.02 + 20 = −0.02
   *
   * In cents: pnl 86.79, −20.00, −0.29 and one cent to the largest remainder: _manual's 0.0072
   * beside momentum's 0.00585. Fees 8.98695, so 8.99: 8.70, 0.28 and one cent to momentum's 0.00415
   * beside 0.0028. Interaction 89.88 − 111.86 = −21.98; execution 66.51 − 89.88 = −23.37.
   */
  @Test
  void a_day_worked_by_hand_gives_exactly_the_report_on_alphas() throws Exception {
    ReportReading reading = FoldedDay.of(WorkedDay.events()).reading(-3530, 70);
    assertThat(json(AlphaPnl.of(HOUR, reading, List.of())))
        .isEqualTo(
            tree(
                """
                {"window": {"asked": "1h", "from": "2024-08-07T23:01:10.000Z",
                   "to": "2024-08-08T00:01:10.000Z", "resolutionMs": 1000},
                 "currency": "USDT",
                 "total": {"pnl": "66.51", "fees": "8.99", "turnover": "9315.50", "trades": 1},
                 "alphas": [
                  {"alphaId": "_manual", "pnl": "-0.28", "fees": "0.28", "turnover": "202.00",
                   "trades": 0, "hitRate": null, "contribution": -2.828E-7, "leaveOneOut": null,
                   "shapley": null, "shapleyError": null, "interactionResidual": null},
                  {"alphaId": "momentum", "pnl": "86.79", "fees": "8.71", "turnover": "9113.50",
                   "trades": 1, "hitRate": 1, "contribution": 0.00008679585,
                   "leaveOneOut": "111.88", "shapley": "100.89", "shapleyError": null,
                   "interactionResidual": "-10.99"},
                  {"alphaId": "reversion", "pnl": "-20.00", "fees": "0.00", "turnover": "0.00",
                   "trades": 0, "hitRate": null, "contribution": -0.00002,
                   "leaveOneOut": "-0.02", "shapley": "-11.01", "shapleyError": null,
                   "interactionResidual": "-10.99"}],
                 "interactionResidual": "-21.98",
                 "executionResidual": "-23.37",
                 "shapleyMethod": "EXACT",
                 "method": "sub-positions at the common mid; coalitions re-run over the recorded signals with half a spread of 1.0 bps and the least taker fee; shorts borrow free",
                 "series": []}
                """));
  }

  /** The first minute of the same day: what stood at 5 s. */
  @Test
  void a_shorter_window_has_what_came_to_pass_in_it() {
    Figures figures = FoldedDay.of(WorkedDay.events()).reading(-3590, 10).figures();
    SortedMap<String, Amounts> alphas = figures.alphas();
    assertThat(alphas.get("momentum").pnl()).isEqualByComparingTo("97.3399");
    assertThat(alphas.get("reversion").pnl()).isEqualByComparingTo("-40");
    assertThat(alphas.get("_manual").pnl()).isEqualByComparingTo("1.7172");
    assertThat(figures.total().pnl()).isEqualByComparingTo("59.0571");
    assertThat(figures.total().shapley()).isEqualByComparingTo("76");
    // The factor of a target has 15 decimals: 5,000 / 60 units are 50 but for the last of them.
    assertThat(alphas.get("momentum").leaveOneOut()).isCloseTo(number("118"), LAST_DECIMALS);
    assertThat(alphas.get("reversion").leaveOneOut()).isCloseTo(number("-19"), LAST_DECIMALS);
    assertThat(alphas.get("momentum").trades()).isZero();
  }

  /**
   * Equity at 1 s steps: 1,000,000 from 0 to 4 s, 1,000,059.0571 from 5 to 69 s, 1,000,066.51305 at
   * 70 s: 70 returns, two of them not 0. Mean equity 1,000,000 + (65 · 59.0571 + 66.51305) / 71 =
   * 1,000,055.003…; 9,315.5 were traded.
   */
  @Test
  void the_same_day_gives_the_report_on_risk() {
    ReportReading reading = FoldedDay.of(WorkedDay.events()).reading(-3530, 70);
    long zero = T0.getEpochSecond();
    EquitySamples samples =
        EquitySamples.of(
            List.of(
                new Sample(zero, 1, number("1000000")),
                new Sample(zero + 5, 1, number("1000059.0571")),
                new Sample(zero + 70, 1, number("1000066.51305"))),
            EquitySamples.step(70),
            zero,
            zero + 70);
    Risk risk = Risk.of(HOUR, reading, samples, CostReadings.Costs.NONE);
    double first = 59.0571 / 1_000_000;
    double second = (66.51305 - 59.0571) / 1_000_059.0571;
    double mean = (first + second) / 70;
    double squares = 68 * mean * mean + Math.pow(first - mean, 2) + Math.pow(second - mean, 2);
    double deviation = Math.sqrt(squares / 69);
    double year = Math.sqrt(31_536_000);
    assertThat(risk.realizedVol().samples()).isEqualTo(70);
    assertThat(risk.realizedVol().annualization()).isEqualTo(31_536_000);
    assertThat(risk.realizedVol().value()).isCloseTo(deviation * year, within(1e-9));
    assertThat(risk.sharpe().value()).isCloseTo(mean / deviation * year, within(1e-6));
    assertThat(risk.var().value()).isZero();
    assertThat(risk.cvar().value()).isZero();
    assertThat(risk.maxDrawdown().value()).isZero();
    assertThat(risk.turnover().notional()).isEqualTo(number("9315.50"));
    assertThat(risk.turnover().averageEquity()).isEqualTo(number("1000055.00"));
    assertThat(risk.turnover().value()).isCloseTo(9315.5 / 1_000_055.00316, within(1e-9));
    assertThat(risk.slippage().meanBps()).isNull();
    assertThat(risk.slippage().implementationShortfall().total()).isNull();
    assertThat(risk.equity()).hasSize(71);
  }

  @Test
  void nothing_happened_is_null_and_never_not_a_number() {
    Risk risk =
        Risk.of(
            HOUR, ReportReading.NOTHING, new EquitySamples(1, List.of()), CostReadings.Costs.NONE);
    assertThat(risk.realizedVol().value()).isNull();
    assertThat(risk.sharpe().value()).isNull();
    assertThat(risk.cvar().value()).isNull();
    assertThat(risk.maxDrawdown().value()).isNull();
    assertThat(risk.turnover().value()).isNull();
    assertThat(risk.realizedVol().samples()).isZero();
    AlphaPnl report = AlphaPnl.of(HOUR, ReportReading.NOTHING, List.of());
    assertThat(report.window().from()).isNull();
    assertThat(report.total().pnl()).isEqualByComparingTo("0");
    assertThat(report.alphas()).isEmpty();
  }

  /** A new account is no loss: history stays, and the old account's equity is no return. */
  @Test
  void a_reset_keeps_what_was_earned_and_begins_flat() {
    FoldedDay day = FoldedDay.of(WorkedDay.events());
    Figures before = day.reading(-3530, 70).figures();
    day.apply(new PortfolioReset("USDT", number("500000"), "again", 0, SampleEvents.at(80)));
    day.apply(marked(90, "500000", "150"));
    assertThat(day.reading(-3530, 90).figures()).isEqualTo(before);
    EquitySamples samples =
        EquitySamples.of(
            List.of(new Sample(0, 1, number("100")), new Sample(2, 2, number("50"))), 1, 0, 3);
    assertThat(samples.equity()).containsExactly(100.0, 100.0, null, 50.0, 50.0);
  }

  @Test
  void the_order_of_fills_within_a_second_changes_nothing() {
    List<DomainEvent> busy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Side side = i % 3 == 0 ? Side.SELL : Side.BUY;
      String alpha = i % 2 == 0 ? "momentum" : "reversion";
      busy.add(filled(80, "g-" + i, KRAKEN, side, alpha, "" + (7 + i), "100." + i, "0.0" + i));
      busy.add(filled(80, "h-" + i, BINANCE, side.opposite(), alpha, "9", "101." + i, "0.1"));
    }
    LedgerView expected = after(busy);
    for (int seed = 0; seed < 20; seed++) {
      List<DomainEvent> shuffled = new ArrayList<>(busy);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(Figures.of(after(shuffled))).isEqualTo(Figures.of(expected));
      assertThat(after(shuffled)).isEqualTo(expected);
    }
  }

  private static LedgerView after(List<DomainEvent> busy) {
    FoldedDay day =
        FoldedDay.of(Stream.concat(WorkedDay.events().stream(), busy.stream()).toList());
    day.apply(marked(82, "1000000", "99"));
    return day.at(82);
  }

  @Property(tries = 30)
  void windows_that_meet_add_up(
      @ForAll @IntRange(min = -10, max = 75) int cut, @ForAll @IntRange(min = 0, max = 75) int to) {
    FoldedDay day = FoldedDay.of(WorkedDay.events());
    Figures whole = day.reading(-3530, Math.max(cut, to)).figures();
    Figures parts =
        day.reading(-3530, cut).figures().plus(day.reading(cut, Math.max(cut, to)).figures());
    whole
        .byAlpha()
        .forEach(
            (alphaId, symbols) ->
                symbols.forEach(
                    (symbol, amounts) ->
                        assertThat(amounts.minus(parts.byAlpha().get(alphaId).get(symbol)))
                            .usingRecursiveComparison()
                            .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                            .isEqualTo(Amounts.NONE)));
  }

  /** An alpha that is only watched, or says nothing, changes no coalition. */
  @Test
  void leave_one_out_of_an_unused_alpha_is_zero() {
    List<DomainEvent> events = new ArrayList<>();
    for (DomainEvent event : WorkedDay.events()) {
      events.add(
          event instanceof SignalsCombined combined
              ? with(combined, signal("watched", 0.9, 0), signal("silent", 0, 0.5))
              : event);
    }
    SortedMap<String, Amounts> alphas = FoldedDay.of(events).reading(-3530, 70).figures().alphas();
    for (String unused : List.of("watched", "silent")) {
      assertThat(alphas.get(unused).leaveOneOut()).isEqualByComparingTo("0");
      assertThat(alphas.get(unused).shapley()).isEqualByComparingTo("0");
    }
    assertThat(alphas.get("momentum").shapley()).isCloseTo(number("100.89"), LAST_DECIMALS);
  }

  /** What the coalition of all is worth is what the Shapley parts add up to, to the last digit. */
  @Property(tries = 40)
  void shapley_is_efficient_and_alphas_add_up_to_the_portfolio(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int players) {
    Random random = new Random(seed);
    FoldedDay day = FoldedDay.of(WorkedDay.events().subList(0, 6));
    BigDecimal all = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;
    BigDecimal mid = number("100");
    for (int second = 10; second < 16; second++) {
      List<AlphaSignal> signals = new ArrayList<>();
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < players; i++) {
        double value = Math.round(random.nextDouble(-1, 1) * 100) / 100.0;
        signals.add(signal("alpha-" + i, value, 0.25));
        sum = sum.add(BigDecimal.valueOf(value).multiply(number("0.25")));
      }
      BigDecimal price = BigDecimal.valueOf(9_500 + random.nextInt(1_000), 2);
      all = all.add(held.multiply(price.subtract(mid)));
      mid = price;
      day.apply(marked(second, "1000000", price.toPlainString()));
      Rebalance rebalance = new Rebalance(new TreeMap<>(), number("10000"), number("5000"), price);
      BigDecimal target = rebalance.target(sum).setScale(18, RoundingMode.HALF_EVEN);
      BigDecimal cost =
          target
              .subtract(held)
              .abs()
              .multiply(price)
              .multiply(number("0.001"))
              .setScale(18, RoundingMode.HALF_EVEN);
      all = all.subtract(cost);
      held = target;
      day.apply(combinedOf(second, price, signals));
    }
    Figures figures = day.reading(-3530, 20).figures();
    assertThat(figures.total().shapley()).isEqualByComparingTo(all);
    assertThat(figures.total().shapleyError() > 0).isEqualTo(players > 12);
  }

  @Test
  void rows_by_the_second_are_kept_for_two_hours_and_one_before() {
    FoldedDay day = new FoldedDay();
    for (int second = 0; second <= 20_000; second += 400) {
      day.apply(marked(second, "" + (1_000_000 + second), "100"));
    }
    long zero = T0.getEpochSecond();
    assertThat(day.table("report_ledger").keySet().stream().filter(k -> k.startsWith("[1, 1, ")))
        .hasSize(1 + 7200 / 400)
        .contains("[1, 1, " + (zero + 12_800) + "]", "[1, 1, " + (zero + 20_000) + "]");
    assertThat(day.table("report_ledger").keySet().stream().filter(k -> k.startsWith("[1, 60, ")))
        .hasSize(51);
    assertThat(day.table("report_equity").keySet().stream().filter(k -> k.startsWith("[1, 3600,")))
        .hasSize(6);
  }

  /** An older recording played into the same log begins an era of its own. */
  @Test
  void feed_time_that_goes_back_begins_an_era() {
    FoldedDay day = FoldedDay.of(WorkedDay.events());
    day.apply(marked(69, "1000066.51305", "101"));
    assertThat(day.table("report_era")).as("a clock set back a little").hasSize(1);
    day.apply(marked(-1000, "1000000", "90"));
    assertThat(day.table("report_era")).hasSize(2);
    assertThat(day.table("report_ledger"))
        .containsKey("[2, 1, " + (T0.getEpochSecond() - 1000) + "]");
  }

  private static SignalsCombined with(SignalsCombined event, AlphaSignal... more) {
    return combinedOf(
        event.feedTime().getEpochSecond() - T0.getEpochSecond(),
        event.mid(),
        event.unitNotional(),
        event.capNotional(),
        Stream.concat(event.signals().stream(), Stream.of(more)).toList());
  }

  private static SignalsCombined combinedOf(
      long second, BigDecimal mid, List<AlphaSignal> signals) {
    return combinedOf(second, mid, number("10000"), number("5000"), signals);
  }

  private static SignalsCombined combinedOf(
      long second, BigDecimal mid, BigDecimal unit, BigDecimal cap, List<AlphaSignal> signals) {
    return new SignalsCombined(
        "rebalance-" + second,
        SampleEvents.BTC,
        mid,
        0,
        unit,
        cap,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        signals,
        null,
        1,
        SampleEvents.at(second));
  }

  private static AlphaSignal signal(String alphaId, double value, double weight) {
    return new AlphaSignal(alphaId, value, weight, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private static JsonNode json(Object view) throws Exception {
    return tree(new String(new CanonicalJson().write(view), UTF_8));
  }

  private static JsonNode tree(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
