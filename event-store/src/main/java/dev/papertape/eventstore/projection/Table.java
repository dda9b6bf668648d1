package dev.papertape.eventstore.projection;

import java.util.List;

/**
 * A table of a projection.
 *
 * @param keys primary-key columns in order
 * @param columns the other columns in order
 */
public record Table(String name, List<Column> keys, List<Column> columns) {
  /**
   * @param sqlType element type of the array it is written through, for example {@code text},
   *     {@code bigint}, {@code numeric}, {@code timestamptz}, {@code jsonb}, {@code double
   *     precision}
   */
  public record Column(String name, String sqlType) {}
}
