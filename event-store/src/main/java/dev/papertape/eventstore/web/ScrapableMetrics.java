package dev.papertape.eventstore.web;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Keeps {@code promtool check metrics} silent about what libraries measure: drops the few whose
 * names it objects to, and gives a help text to those that have none.
 */
final class ScrapableMetrics implements MeterFilter {

  /** Their Prometheus names end in an abbreviated unit or in a suffix of histograms. */
  private static final Set<String> MISNAMED =
      Set.of("jvm.compilation.time", "process.cpu.time", "system.cpu.count");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return MISNAMED.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String description = id.getDescription();
    if (description != null && !description.isBlank()) {
      return id;
    }
    return new Meter.Id(
        id.getName(),
        Tags.of(id.getTagsAsIterable()),
        id.getBaseUnit(),
        id.getName().replace('.', ' ').replace('_', ' '),
        id.getType());
  }
}
