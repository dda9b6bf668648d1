package dev.papertape.standalone.verb;

import java.util.List;

/**
 * What {@code bench} was asked for.
 *
 * @param scenarios by name; empty for all
 * @param quick shows that it works, not how fast it is
 * @param json one object a line instead of a table
 */
public record BenchRequest(List<String> scenarios, boolean quick, boolean json) {

  public BenchRequest {
    scenarios = List.copyOf(scenarios);
  }
}
