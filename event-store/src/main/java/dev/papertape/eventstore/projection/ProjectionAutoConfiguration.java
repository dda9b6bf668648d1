package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.heartbeat.ProcessAutoConfiguration;
import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.log.EventLog;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;

/**
 * Runs every {@link Projection} bean. Properties: {@code papertape.projections.batch-size} (5000).
 */
@AutoConfiguration(after = ProcessAutoConfiguration.class)
public class ProjectionAutoConfiguration {
  /** After the event store (phase 0), before the web server, which answers when rows are there. */
  static final int PHASE = 100;

  @Bean
  @ConditionalOnMissingBean
  Projections projections(
      ObjectProvider<Projection> projections,
      EventLog log,
      DataSource dataSource,
      Leases leases,
      @Value("${papertape.projections.batch-size:5000}") int batchSize) {
    ProjectionSettings settings = ProjectionSettings.DEFAULT.withBatchSize(batchSize);
    return new Projections(
        projections.stream()
            .map(p -> new BatchProjectionProcessor(p, log, dataSource, leases, settings))
            .toList());
  }

  @Bean
  ProjectionMetrics projectionMetrics(Projections projections) {
    return new ProjectionMetrics(projections);
  }

  @Bean
  ConfigurerModule projectionsInAxon(Projections projections) {
    return new ProjectionsInAxon(projections);
  }

  @Bean
  SmartLifecycle projectionsLifecycle(Projections projections) {
    return new ProjectionsLifecycle(projections);
  }
}
