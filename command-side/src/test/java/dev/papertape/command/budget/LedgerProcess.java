package dev.papertape.command.budget;

import dev.papertape.command.ConflictRetry;
import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.ReserveReply.Granted;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.json.EventNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The ledgers over a real log, in this process or, by {@link #main}, in another: which asks at once
 * for as many calls as it is told, says how many it got, and leaves them open until it is killed.
 */
final class LedgerProcess implements AutoCloseable {
  @Configuration
  @EnableAutoConfiguration
  @Import(ProviderAggregate.class)
  static class App {
    @Bean
    EventNames eventNames() {
      return EventNames.of(EventTypes.all(), EventTypes::logicalName);
    }

    @Bean
    SnapshotTriggerDefinition providerSnapshots(Snapshotter snapshotter) {
      return new EventCountSnapshotTriggerDefinition(
          snapshotter, BudgetConfiguration.SNAPSHOT_EVERY);
    }

    @Bean
    CommandTargetResolver targets() {
      return command ->
          new VersionedAggregateIdentifier(
              ((AggregateCommand) command.getPayload()).aggregateId(), null);
    }
  }

  final ConfigurableApplicationContext context;
  final LedgerBudget budget;

  LedgerProcess(String url, String user, String password) {
    SpringApplication application = new SpringApplication(App.class);
    application.setDefaultProperties(
        Map.of(
            "spring.main.web-application-type", "none",
            "spring.main.banner-mode", "off",
            "papertape.database.url", url,
            "papertape.database.user", user,
            "papertape.database.password", password));
    context = application.run();
    budget =
        new LedgerBudget(
            this::send,
            new ConflictRetry(new Random(ProcessHandle.current().pid())),
            new BudgetMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC());
  }

  static LedgerProcess over(PostgresDatabase database) {
    return new LedgerProcess(database.jdbcUrl(), database.user(), database.password());
  }

  Object send(BudgetCommand command) {
    return context.getBean(CommandGateway.class).sendAndWait(command);
  }

  void register(RegisterProvider command) {
    send(command);
  }

  /** Asks for so many calls at once, all at one moment of the provider's; returns who got one. */
  List<String> reserveAtOnce(String prefix, int callers, Instant at, Instant deadline)
      throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      String id = prefix + caller;
      calls.add(
          () ->
              budget.reserve(
                      new ReserveCall(
                          Ledger.NAME, id, Capability.PRICE, 1, 0, null, false, deadline, at))
                  instanceof Granted);
    }
    List<String> granted = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(callers, Thread.ofPlatform().daemon().factory())) {
      List<Future<Boolean>> replies = pool.invokeAll(calls);
      for (int caller = 0; caller < callers; caller++) {
        if (replies.get(caller).get()) {
          granted.add(prefix + caller);
        }
      }
    }
    return granted;
  }

  void settle(String id, Instant at) {
    budget.settle(Ledger.ended(id, CallOutcome.OK, at));
  }

  @Override
  public void close() {
    context.close();
  }

  /** Starts another process that asks for calls; its output says {@code granted N}. */
  static Process start(PostgresDatabase database, int callers, Instant at, Instant deadline)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            LedgerProcess.class.getName(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            Integer.toString(callers),
            at.toString(),
            deadline.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Waits for a line of another process that begins so; returns what follows. */
  static String said(Process process, String begin) throws IOException {
    var lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(begin)) {
        return line.substring(begin.length());
      }
    }
    throw new IOException("it ended without saying " + begin);
  }

  /** Waits for a line before it begins, so that both begin together. */
  public static void main(String[] arguments) throws Exception {
    try (LedgerProcess process = new LedgerProcess(arguments[0], arguments[1], arguments[2])) {
      System.out.println("ready");
      if (System.in.read() < 0) {
        return;
      }
      List<String> granted =
          process.reserveAtOnce(
              "other-",
              Integer.parseInt(arguments[3]),
              Instant.parse(arguments[4]),
              Instant.parse(arguments[5]));
      System.out.println("granted " + granted.size());
      while (System.in.read() >= 0) {
        continue; // Until it is killed.
      }
    }
  }
}
