package dev.papertape.eventstore.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ScrapableMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  ScrapableMetricsTest() {
    registry.config().meterFilter(new ScrapableMetrics());
  }

  @Test
  void whatHasNoHelpTextGetsOne() {
    Counter counter = registry.counter("tomcat.sessions.rejected", "name", "a");
    assertThat(counter.getId().getDescription()).isEqualTo("tomcat sessions rejected");
    assertThat(counter.getId().getTag("name")).isEqualTo("a");
  }

  @Test
  void whatSaysItselfWhatItIsIsLeftAlone() {
    Counter counter = Counter.builder("routed").description("decisions").register(registry);
    assertThat(counter.getId().getDescription()).isEqualTo("decisions");
  }

  @Test
  void whatPromtoolObjectsToIsNotMeasured() {
    registry.gauge("system.cpu.count", 2);
    assertThat(registry.getMeters()).isEmpty();
  }
}
