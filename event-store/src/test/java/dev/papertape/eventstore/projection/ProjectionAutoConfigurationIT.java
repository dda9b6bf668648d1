package dev.papertape.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.fixture.TestDatabase;
import dev.papertape.eventstore.heartbeat.Heartbeats;
import dev.papertape.eventstore.heartbeat.ProcessAutoConfiguration;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ProjectionAutoConfigurationIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
    database.execute(Counting.DDL);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void runsEveryProjectionBeanWithTheApplicationAndShowsItToAxon() {
    database.append("s", "add", "{\"add\": 4}");
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ProcessAutoConfiguration.class, ProjectionAutoConfiguration.class))
        .withBean(
            DataSource.class,
            database::dataSource,
            definition -> definition.setDestroyMethodName(""))
        .withBean(
            EventLog.class, () -> new PostgresEventLog(database.dataSource(), new HeadSignal()))
        .withBean(SchemaMigrations.class, () -> new SchemaMigrations(database.dataSource()))
        .withBean(ObjectMapper.class, ObjectMapper::new)
        .withBean(Counting.class, Counting::new)
        .withPropertyValues("papertape.process.role=query-side")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              Projections projections = context.getBean(Projections.class);
              BatchProjectionProcessor processor = projections.find("counting").orElseThrow();
              assertThat(processor.awaitPosition(1, Duration.ofSeconds(30))).isTrue();
              Eventually.until(
                  "runs", () -> projections.status().getFirst().state() != ProjectionState.STANDBY);
              Eventually.until(
                  "says so",
                  () ->
                      context.getBean(Heartbeats.class).read().stream()
                          .anyMatch(
                              beat ->
                                  beat.role().equals("query-side")
                                      && beat.leaseEpochs().containsKey("projection:counting")));

              Configuration axon = axon(context.getBean(ConfigurerModule.class));
              assertThat(
                      axon.eventProcessingConfiguration()
                          .eventProcessor("counting", StreamingEventProcessor.class))
                  .containsSame(processor);
              axon.shutdown();
            });
    assertThat(database.number("SELECT count(*) FROM lease WHERE expires_at > clock_timestamp()"))
        .as("released when the application stops")
        .isZero();
  }

  private static Configuration axon(ConfigurerModule module) {
    DefaultConfigurer configurer =
        (DefaultConfigurer) DefaultConfigurer.defaultConfiguration(false);
    configurer.configureSerializer(c -> JacksonSerializer.defaultSerializer());
    configurer.configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine());
    module.configureModule(configurer);
    return configurer.start();
  }
}
