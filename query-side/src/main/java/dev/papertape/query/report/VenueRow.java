package dev.papertape.query.report;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one venue did in one second, minute, hour or day; changed by one fold alone.
 *
 * @see VenueMeasure
 */
final class VenueRow {
  final Resolution resolution;
  final String venue;
  final long start;

  /** Position of the first event in it. */
  final long firstPosition;

  private final Map<VenueMeasure, BigDecimal> sums = new EnumMap<>(VenueMeasure.class);
  private Percentiles slippage = Percentiles.NONE;
  private Percentiles timeToFill = Percentiles.NONE;

  VenueRow(Resolution resolution, String venue, long start, long firstPosition) {
    this.resolution = resolution;
    this.venue = venue;
    this.start = start;
    this.firstPosition = firstPosition;
  }

  void add(VenueMeasure measure, BigDecimal value) {
    sums.merge(measure, value, BigDecimal::add);
  }

  void addSlippage(Percentiles samples) {
    slippage = slippage.plus(samples);
  }

  void addTimeToFill(Percentiles samples) {
    timeToFill = timeToFill.plus(samples);
  }

  /** As stored: the columns of {@link VenueTables#ROLLUP} in their order. */
  static VenueRow stored(ResultSet row) throws SQLException {
    VenueRow stored =
        new VenueRow(
            Resolution.valueOf(row.getString(1)), row.getString(2), row.getLong(3), row.getLong(4));
    int column = 5;
    for (VenueMeasure measure : VenueMeasure.values()) {
      stored.add(measure, row.getBigDecimal(column++));
    }
    stored.slippage = Percentiles.parse(row.getString(column++));
    stored.timeToFill = Percentiles.parse(row.getString(column));
    return stored;
  }

  VenueSums sums() {
    return new VenueSums(new EnumMap<>(sums), slippage, timeToFill);
  }

  List<Object> key() {
    return List.of(resolution.name(), venue, start, firstPosition);
  }

  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>(VenueMeasure.values().length + 2);
    for (VenueMeasure measure : VenueMeasure.values()) {
      values.add(sums.getOrDefault(measure, BigDecimal.ZERO).toPlainString());
    }
    values.add(slippage.samples() == 0 ? null : slippage);
    values.add(timeToFill.samples() == 0 ? null : timeToFill);
    return values;
  }
}
