package dev.papertape.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.log.EventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProjectionMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger asked = new AtomicInteger();
  private final ProjectionMetrics metrics =
      new ProjectionMetrics(new Projections(List.of(onADatabaseThatNeverAnswers())));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void Bug_3_a_scrape_does_not_wait_for_a_database_that_never_answers() throws Exception {
    metrics.bindTo(registry);
    Eventually.until("somebody waits", () -> asked.get() == 1);

    for (int scrape = 0; scrape < 100; scrape++) {
      assertThat(gauge("projection.position")).isNaN();
      assertThat(gauge("projection.lag")).isNaN();
      assertThat(gauge("projection.dead.letters")).isNaN();
    }

    assertThat(asked).as("questions under way").hasValue(1);
  }

  @Test
  void a_second_registry_does_not_double_the_questions() throws Exception {
    metrics.bindTo(new SimpleMeterRegistry());
    metrics.bindTo(registry);
    Eventually.until("somebody waits", () -> asked.get() >= 1);
    assertThat(asked).hasValue(1);
  }

  private double gauge(String name) {
    return registry.get(name).tag("projection", "counting").gauge().value();
  }

  private BatchProjectionProcessor onADatabaseThatNeverAnswers() {
    return new BatchProjectionProcessor(
        new Counting(),
        silent(EventLog.class),
        silent(DataSource.class),
        (name, onLost) -> Optional.empty(),
        ProjectionSettings.DEFAULT);
  }

  private <T> T silent(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              asked.incrementAndGet();
              new CountDownLatch(1).await();
              return null;
            }));
  }
}
