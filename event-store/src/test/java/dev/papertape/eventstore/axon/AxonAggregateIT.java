package dev.papertape.eventstore.axon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.append.AppendScope;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.fixture.Eventually;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class AxonAggregateIT {
  record OpenAccount(@TargetAggregateIdentifier String id) {}

  record Deposit(@TargetAggregateIdentifier String id, long cents) {}

  record AccountOpened(String id) {}

  record Deposited(String id, long cents) {}

  @Aggregate(snapshotTriggerDefinition = "everyThree")
  static class Account {
    @AggregateIdentifier @Nullable String id;
    long cents;

    Account() {}

    @CommandHandler
    Account(OpenAccount command) {
      AggregateLifecycle.apply(new AccountOpened(command.id()));
    }

    @CommandHandler
    long handle(Deposit command) {
      if (command.cents() <= 0) {
        throw new IllegalArgumentException("nothing to deposit");
      }
      AggregateLifecycle.apply(new Deposited(id, command.cents()));
      return cents;
    }

    @EventSourcingHandler
    void on(AccountOpened event) {
      id = event.id();
    }

    @EventSourcingHandler
    void on(Deposited event) {
      cents += event.cents();
    }
  }

  @Configuration
  @EnableAutoConfiguration
  @Import(Account.class)
  static class App {
    @Bean
    EventNames eventNames() {
      return EventNames.of(
          List.of(AccountOpened.class, Deposited.class), type -> "bank." + type.getSimpleName());
    }

    @Bean
    SnapshotTriggerDefinition everyThree(Snapshotter snapshotter) {
      return new EventCountSnapshotTriggerDefinition(snapshotter, 3);
    }
  }

  private static ConfigurableApplicationContext context;
  private static CommandGateway gateway;
  private static EventLog log;

  @BeforeAll
  static void start() {
    PostgresDatabase database = TemporaryPostgres.freshDatabase();
    SpringApplication application = new SpringApplication(App.class);
    application.setDefaultProperties(
        Map.of(
            "spring.main.web-application-type", "none",
            "spring.main.banner-mode", "off",
            "papertape.database.url", database.jdbcUrl(),
            "papertape.database.user", database.user(),
            "papertape.database.password", database.password()));
    context = application.run();
    gateway = context.getBean(CommandGateway.class);
    log = context.getBean(EventLog.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void eventsOfAnAggregateStandUnderLogicalNamesWithTheirOrigin() {
    GenericCommandMessage<OpenAccount> command =
        new GenericCommandMessage<>(new OpenAccount("a1"), MetaData.with("actor", "ann"));
    gateway.sendAndWait(command);

    LoggedEvent event = log.stream("a1", 0).getFirst();
    assertThat(event.payloadType()).isEqualTo("bank.AccountOpened");
    assertThat(event.streamType()).isEqualTo("Account");
    assertThat(new String(event.payload(), UTF_8)).isEqualTo("{\"id\":\"a1\"}");
    assertThat(new String(event.metadata(), UTF_8))
        .isEqualTo(
            "{\"actor\":\"ann\",\"causationId\":\"%s\",\"correlationId\":\"%s\"}"
                .formatted(command.getIdentifier(), command.getIdentifier()));
  }

  @Test
  void anAggregateIsLoadedFromItsEventsAndItsSnapshot() throws Exception {
    gateway.sendAndWait(new OpenAccount("a2"));
    for (int i = 1; i <= 7; i++) {
      gateway.sendAndWait(new Deposit("a2", i));
    }
    EventStorageEngine engine = context.getBean(EventStorageEngine.class);
    Eventually.until(
        "a snapshot, made on a thread of its own", () -> engine.readSnapshot("a2").isPresent());

    long before = gateway.<Long>sendAndWait(new Deposit("a2", 100));
    assertThat(before).as("the state after 1 + 2 + … + 7 and this one").isEqualTo(128);
    assertThat(log.lastOf("a2").orElseThrow().sequence()).isEqualTo(8);
  }

  @Test
  void aRefusedCommandLeavesNothingBehind() {
    gateway.sendAndWait(new OpenAccount("a3"));

    assertThatThrownBy(() -> gateway.sendAndWait(new Deposit("a3", 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gateway.sendAndWait(new OpenAccount("a3")))
        .isInstanceOf(AggregateStreamCreationException.class);
    assertThat(log.stream("a3", 0)).hasSize(1);
  }

  @Test
  void theScopeTellsThePositionAndClaimsTheKeyOnce() throws InterruptedException {
    IdempotencyClaim claim = new IdempotencyClaim("POST /accounts k", "hash", "a4", null);
    AppendScope scope = AppendScope.claiming(claim);
    scope.call(() -> gateway.sendAndWait(new OpenAccount("a4")));

    long position = scope.lastPosition().orElseThrow();
    assertThat(log.at(position).orElseThrow().stream()).isEqualTo("a4");
    assertThat(log.awaitBeyond(position - 1, Duration.ofSeconds(10)))
        .isGreaterThanOrEqualTo(position);
    assertThatThrownBy(
            () ->
                AppendScope.claiming(claim).call(() -> gateway.sendAndWait(new OpenAccount("a5"))))
        .isInstanceOf(AppendFailure.KeyClaimed.class);
    assertThat(log.stream("a5", 0)).isEmpty();
  }

  @Test
  void aReaderOfTheEventStoreIsWoken() throws Exception {
    EventStore events = context.getBean(EventStore.class);
    try (var stream = events.openStream(events.createHeadToken())) {
      gateway.sendAndWait(new OpenAccount("a6"));
      Object payload = stream.nextAvailable().getPayload();
      assertThat(payload).isEqualTo(new AccountOpened("a6"));
    }
  }

  @Test
  void noCommandHoldsAPooledConnection() {
    assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections())
        .as("appender, notifier and listener keep one each")
        .isLessThanOrEqualTo(3);
  }
}
