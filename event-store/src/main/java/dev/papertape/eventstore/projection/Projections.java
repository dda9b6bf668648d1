package dev.papertape.eventstore.projection;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All projections of this process, by name. */
public final class Projections {
  private final Map<String, BatchProjectionProcessor> processors = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public Projections(Collection<BatchProjectionProcessor> processors) {
    for (BatchProjectionProcessor processor : processors) {
      if (this.processors.putIfAbsent(processor.getName(), processor) != null) {
        throw new IllegalArgumentException("two projections named '" + processor.getName() + "'");
      }
    }
  }

  public Optional<BatchProjectionProcessor> find(String name) {
    return Optional.ofNullable(processors.get(name));
  }

  /** By name. */
  public List<BatchProjectionProcessor> all() {
    return List.copyOf(processors.values());
  }

  /** The status of each, by name; reads the database. */
  public List<ProjectionStatus> status() throws SQLException {
    List<ProjectionStatus> statuses = new ArrayList<>();
    for (BatchProjectionProcessor processor : processors.values()) {
      statuses.add(processor.status());
    }
    return statuses;
  }
}
