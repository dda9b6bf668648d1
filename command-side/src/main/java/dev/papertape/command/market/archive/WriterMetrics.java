package dev.papertape.command.market.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What became of candles on their way into the store; there from the first scrape on. */
final class WriterMetrics {
  final AtomicLong waiting = new AtomicLong();
  final Counter added;
  final Counter revised;
  final Counter refused;
  final Counter unwritten;

  WriterMetrics(MeterRegistry registry) {
    added = counter(registry, "candles.added", "Minutes stored that had no candle before");
    revised = counter(registry, "candles.revised", "Candles stored in another revision");
    refused = counter(registry, "candles.refused", "Candles that the database does not take");
    unwritten =
        counter(
            registry,
            "candles.unwritten",
            "Candles that were not stored when an engine stopped; the next one fetches them");
    Gauge.builder("candles.waiting", waiting, AtomicLong::get)
        .description("Candles that wait for the database")
        .strongReference(true)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
