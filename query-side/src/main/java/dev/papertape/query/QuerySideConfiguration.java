package dev.papertape.query;

import dev.papertape.contracts.EventTypes;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.projection.Projections;
import dev.papertape.eventstore.web.ProjectionPositions;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Everything of the query side: its tables, projections and controllers. Its own process gets it by
 * component scan, standalone imports it.
 */
@Configuration
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class QuerySideConfiguration {

  /** Proof that the tables are there; made before any projection starts. */
  public static final class Schema {
    Schema(SchemaMigrations migrations) {
      migrations.migrate("query");
    }
  }

  @Bean
  Schema querySideSchema(SchemaMigrations migrations) {
    return new Schema(migrations);
  }

  @Bean
  @ConditionalOnMissingBean
  EventNames eventNames() {
    return EventNames.of(EventTypes.all(), EventTypes::logicalName);
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ProjectionPositions projectionPositions(Projections projections, EventLog log) {
    return new RunningProjectionPositions(projections, log);
  }
}
