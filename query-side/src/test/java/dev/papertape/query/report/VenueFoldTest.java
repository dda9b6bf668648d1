package dev.papertape.query.report;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.contracts.execution.Side;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EmptyDatabase;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the roll-ups add up to, worked by hand from {@link VenueDay}. */
class VenueFoldTest {
  private static final Offset<Double> TINY = within(1e-9);
  private static final EventJson JSON = new EventJson(new CanonicalJson());

  @Test
  void the_figures_of_a_venue_by_hand() throws Exception {
    VenueSums binance = sums(fold(VenueDay.events()), Resolution.DAY, "BINANCE");

    assertThat(binance.count(VenueMeasure.ORDERS)).isEqualTo(1);
    assertThat(binance.count(VenueMeasure.LEGS)).isEqualTo(1);
    assertThat(binance.count(VenueMeasure.FILLS)).isEqualTo(2);
    assertThat(binance.money(VenueMeasure.NOTIONAL)).isEqualTo("202");
    assertThat(binance.money(VenueMeasure.FEES)).isEqualTo("0.202");
    // 0.202 / 202
    assertThat(binance.feesBps()).isCloseTo(10, TINY);
    // 50 bps on 100.50, 150 bps on 101.50: (5025 + 15225) / 202
    assertThat(binance.slippageView().meanBps()).isCloseTo(20_250 / 202.0, TINY);
    // rank 0.95 · 1: 50 + 0.95 · 100
    assertThat(binance.slippageView().p95Bps()).isCloseTo(145, TINY);
    assertThat(binance.slippageView().p50Bps()).isCloseTo(100, TINY);
    assertThat(binance.effectiveSpreadBps()).isCloseTo(2 * 20_250 / 202.0, TINY);
    // against 100.40: −10 bps on 100.50, −110 bps on 101.50
    assertThat(binance.ratio(VenueMeasure.IMPROVEMENT, VenueMeasure.QUOTED_NOTIONAL))
        .isCloseTo(-12_170 / 202.0, TINY);
    // mid 101: 2 · −50 bps on 100.50, 2 · 50 bps on 101.50
    assertThat(binance.realizedSpread().s1()).isCloseTo(100 / 202.0, TINY);
    // mid 102: 2 · −150 bps on 100.50, 2 · −50 bps on 101.50
    assertThat(binance.realizedSpread().s10()).isCloseTo(-40_300 / 202.0, TINY);
    assertThat(binance.realizedSpread().s60()).isNull();
    assertThat(binance.realizedSpread().samples()).isEqualTo(new VenueReport.Samples(2, 2, 0));
    assertThat(binance.timeToFillView()).isEqualTo(new VenueReport.TimeToFill(50.0, 50.0, 2));
    assertThat(binance.ratio(VenueMeasure.WON, VenueMeasure.COMPARED)).isEqualTo(1);
    assertThat(binance.ratio(VenueMeasure.FILLED_VALUE, VenueMeasure.SENT_VALUE)).isEqualTo(1);
  }

  @Test
  void a_leg_that_filled_nothing_is_a_reject_and_lowers_the_fill_rate() throws Exception {
    VenueSums kraken = sums(fold(VenueDay.events()), Resolution.DAY, "KRAKEN");

    assertThat(kraken.count(VenueMeasure.REJECTS)).isEqualTo(1);
    assertThat(kraken.count(VenueMeasure.LEGS_ENDED)).isEqualTo(2);
    // 1 · 100 of 4 · 200 + 1 · 100
    assertThat(kraken.ratio(VenueMeasure.FILLED_VALUE, VenueMeasure.SENT_VALUE))
        .isCloseTo(100 / 900.0, TINY);
    assertThat(kraken.ratio(VenueMeasure.WON, VenueMeasure.COMPARED)).isZero();
    assertThat(kraken.count(VenueMeasure.RESYNCS)).isEqualTo(1);
    // −(99.90 − 100) / 100
    assertThat(kraken.slippageView().meanBps()).isCloseTo(10, TINY);
    // −(99.95 − 99.90) / 100: the best bid of both was 99.95
    assertThat(kraken.ratio(VenueMeasure.IMPROVEMENT, VenueMeasure.QUOTED_NOTIONAL))
        .isCloseTo(-5, TINY);
    assertThat(kraken.feesBps()).isCloseTo(-0.01 / 99.90 * 1e4, TINY);
  }

  @Test
  void shortfalls_of_orders_add_up() throws Exception {
    VenueSums all = sums(fold(VenueDay.events()), Resolution.DAY, VenueFold.ALL);

    assertThat(all.count(VenueMeasure.SHORTFALLS)).isEqualTo(3);
    // o1: 2 · (100.1 − 100)
    assertThat(all.money(VenueMeasure.DELAY)).isEqualTo("0.2");
    // o1: 202 − 2 · 100.1 = 1.8; o3: −(99.90 − 100) = 0.1
    assertThat(all.money(VenueMeasure.TRADING)).isEqualTo("1.9");
    // o2: −4 · (190 − 200)
    assertThat(all.money(VenueMeasure.OPPORTUNITY)).isEqualTo("40");
    // 0.202 − 0.01
    assertThat(all.money(VenueMeasure.SHORTFALL_FEES)).isEqualTo("0.192");
  }

  /** The vectors of metrics.md, as reviews of three orders. */
  @Test
  void the_reference_shortfalls_are_2600_and_3080_twice() throws Exception {
    assertThat(shortfall("5000", "100", "10")).isEqualByComparingTo("2600");
    assertThat(shortfall("4000", "80", "10")).isEqualByComparingTo("3080");
    assertThat(shortfall("4000", "80", "10.25")).isEqualByComparingTo("3080");
  }

  private static BigDecimal shortfall(String filled, String fees, String arrival) throws Exception {
    var leg = VenueDay.leg(BINANCE, "5000", filled, null, null);
    VenueSums all =
        sums(
            fold(
                List.of(
                    new VenueDay.Told(
                        "reviews",
                        VenueDay.reviewed(
                            "o", Side.BUY, "5000", filled, "10.5", fees, "10", arrival, "11", leg,
                            0)))),
            Resolution.MINUTE,
            VenueFold.ALL);
    return all.money(VenueMeasure.DELAY)
        .add(all.money(VenueMeasure.TRADING))
        .add(all.money(VenueMeasure.OPPORTUNITY))
        .add(all.money(VenueMeasure.SHORTFALL_FEES));
  }

  @Test
  void every_resolution_adds_up_to_the_same() throws Exception {
    InMemoryRows rows = fold(VenueDay.events());
    for (String venue : List.of("BINANCE", "KRAKEN", VenueFold.ALL)) {
      VenueSums day = sums(rows, Resolution.DAY, venue);
      for (Resolution resolution : Resolution.values()) {
        VenueSums sums = sums(rows, resolution, venue);
        assertThat(sums.slippageView()).isEqualTo(day.slippageView());
        for (VenueMeasure measure : VenueMeasure.values()) {
          assertThat(sums.sum(measure)).isEqualByComparingTo(day.sum(measure));
        }
      }
    }
  }

  /** The fills of one moment in any order. */
  @Property(tries = 5)
  void the_order_of_fills_changes_nothing(@ForAll Random random) throws Exception {
    List<VenueDay.Told> fills = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String price = new BigDecimal(9_900 + i * 7).movePointLeft(2).toPlainString();
      fills.add(
          new VenueDay.Told(
              "order:x" + i,
              VenueDay.filled(
                  "x" + i,
                  0,
                  i % 2 == 0 ? Side.BUY : Side.SELL,
                  BINANCE,
                  "0." + (i + 1),
                  price,
                  "0.01",
                  "0",
                  10)));
    }
    VenueSums inOrder = sums(fold(fills), Resolution.MINUTE, "BINANCE");
    Collections.shuffle(fills, random);
    VenueSums shuffled = sums(fold(fills), Resolution.MINUTE, "BINANCE");
    assertThat(shuffled.slippageView()).isEqualTo(inOrder.slippageView());
    for (VenueMeasure measure : VenueMeasure.values()) {
      assertThat(shuffled.sum(measure)).isEqualByComparingTo(inOrder.sum(measure));
    }
  }

  @Test
  void nothing_is_left_of_orders_that_are_over_and_fills_that_were_marked() throws Exception {
    InMemoryRows rows = fold(VenueDay.events());
    assertThat(rows.table("report_venue_order")).isEmpty();
    assertThat(rows.table("report_venue_fill")).containsOnlyKeys("[o3:0:0]");
  }

  @Test
  void seconds_are_kept_for_two_hours_and_minutes_for_good() throws Exception {
    List<VenueDay.Told> day = new ArrayList<>(VenueDay.events());
    day.add(
        new VenueDay.Told(
            "order:late",
            VenueDay.filled("late", 0, Side.BUY, BINANCE, "1", "100", "0", "0", 7_211_000)));
    InMemoryRows rows = fold(day);
    // 7211 s − 2 h = 11 s: the second 10 is gone, 11 is kept
    assertThat(seconds(rows, "BINANCE")).containsExactly(11L, 20L, 7_211L);
    assertThat(sums(rows, Resolution.MINUTE, "BINANCE").count(VenueMeasure.FILLS)).isEqualTo(3);
  }

  private static List<Long> seconds(InMemoryRows rows, String venue) {
    return rows.table("report_venue_rollup").keySet().stream()
        .filter(key -> key.startsWith("[SECOND, " + venue + ","))
        .map(key -> Long.parseLong(key.split(", ")[2]) - T0.getEpochSecond())
        .sorted()
        .toList();
  }

  static InMemoryRows fold(List<VenueDay.Told> events) throws Exception {
    InMemoryRows rows = new InMemoryRows();
    var fold = new VenueReportProjection(JSON).open(EmptyDatabase.connection());
    long position = 0;
    for (VenueDay.Told told : events) {
      fold.apply(InMemoryRows.logged(++position, told.stream(), told.event()), rows);
    }
    return rows;
  }

  /** All rows of a resolution and venue, as the query adds them up. */
  static VenueSums sums(InMemoryRows rows, Resolution resolution, String venue) {
    VenueSums sums = VenueSums.NONE;
    for (Map.Entry<String, List<?>> row : rows.table("report_venue_rollup").entrySet()) {
      if (row.getKey().startsWith("[" + resolution + ", " + venue + ",")) {
        Map<VenueMeasure, BigDecimal> values = new HashMap<>();
        for (VenueMeasure measure : VenueMeasure.values()) {
          values.put(measure, new BigDecimal((String) row.getValue().get(measure.ordinal())));
        }
        int samples = VenueMeasure.values().length;
        sums =
            sums.plus(
                new VenueSums(
                    values,
                    percentiles(row.getValue().get(samples)),
                    percentiles(row.getValue().get(samples + 1))));
      }
    }
    return sums;
  }

  private static Percentiles percentiles(Object column) {
    return Percentiles.parse(column == null ? null : column.toString());
  }
}
