package dev.papertape.command.budget;

import dev.papertape.command.ConflictRetry;
import dev.papertape.command.PapertapeProperties;
import dev.papertape.command.VenueCatalogue;
import dev.papertape.command.VenueSettings;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.market.connector.VenueQuotes;
import dev.papertape.command.market.connector.VenueRoutes;
import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import dev.papertape.contracts.budget.BudgetEvent.FallbackChosen;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.axon.OriginMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the budget together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BudgetProperties.class)
class BudgetConfiguration {
  /** Events between two snapshots of a ledger: what a command reads at most, about. */
  static final int SNAPSHOT_EVERY = 50;

  /** A reference that comes later is of no use. */
  private static final Duration REFERENCE_TIMEOUT = Duration.ofMillis(1500);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  @Bean
  SnapshotTriggerDefinition providerSnapshots(Snapshotter snapshotter) {
    return new EventCountSnapshotTriggerDefinition(snapshotter, SNAPSHOT_EVERY);
  }

  @Bean
  ProviderClocks providerClocks(Clock clock) {
    return new ProviderClocks(clock);
  }

  @Bean
  BudgetMetrics budgetMetrics(MeterRegistry registry, VenueCatalogue venues) {
    BudgetMetrics metrics = new BudgetMetrics(registry);
    venues.venues().forEach(venue -> metrics.provider(venue.venue().name()));
    return metrics;
  }

  @Bean
  LedgerBudget ledgerBudget(
      CommandGateway commands, ConflictRetry retry, BudgetMetrics metrics, Clock clock) {
    return new LedgerBudget(
        new UninterruptedLedger(command -> commands.<Object>sendAndWait(command)),
        retry,
        metrics,
        clock);
  }

  /** Closed with the program: what is under way then is given up, and expires. */
  @Bean(destroyMethod = "shutdownNow")
  HttpClient externalCalls() {
    return HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }

  @Bean
  BudgetedCalls budgetedCalls(
      LedgerBudget budget,
      HttpClient client,
      ProviderClocks clocks,
      Clock clock,
      PapertapeProperties properties) {
    return new BudgetedCalls(budget, client, clocks, clock, new Random(properties.seed()));
  }

  @Bean
  ProviderKeeper providerKeeper(
      VenueCatalogue venues,
      PapertapeProperties properties,
      BudgetProperties budgets,
      CommandGateway commands,
      ConflictRetry retry,
      LedgerBudget budget,
      ProviderClocks clocks,
      Clock clock) {
    List<RegisterProvider> registrations =
        properties.feed() == PapertapeProperties.Feed.RECORDING
            ? List.of()
            : venues.venues().stream().map(venue -> registration(venue, budgets, clock)).toList();
    return new ProviderKeeper(
        registrations,
        command -> retry.call(() -> commands.<Object>sendAndWait(command)),
        budget,
        clocks);
  }

  private static RegisterProvider registration(
      VenueSettings venue, BudgetProperties budgets, Clock clock) {
    String name = venue.venue().name();
    RegisterProvider usual = ProviderDefaults.registration(name, venue.wire(), clock.instant());
    BudgetProperties.Provider said = budgets.providers().get(name);
    return said == null
        ? usual
        : new RegisterProvider(name, said.settings(), said.quotas(usual.quotas()), usual.at());
  }

  /** Prices and clocks are asked for on the way that connectors take, faults and all. */
  @Bean
  ReferenceWatch referenceWatch(
      VenueCatalogue venues,
      VenueRoutes routes,
      PapertapeProperties properties,
      BudgetProperties budgets,
      BudgetedCalls calls,
      LedgerBudget budget,
      FactJournal journal,
      EngineRuntime engine,
      Clock clock) {
    List<ReferenceWatch.Listing> listings =
        properties.feed() == PapertapeProperties.Feed.RECORDING
            ? List.of()
            : venues.venues().stream()
                .map(
                    venue ->
                        new ReferenceWatch.Listing(
                            new VenueQuotes(
                                calls,
                                venue.wire(),
                                venue.venue(),
                                routes.route(venue).rest(),
                                REFERENCE_TIMEOUT,
                                clock),
                            venue.symbols()))
                .toList();
    return new ReferenceWatch(
        listings,
        new ReferencePrices(
            budget::inspect, chosen -> write(chosen, journal), calls.clocks(), clock),
        engine,
        calls.clocks(),
        budgets,
        clock);
  }

  @Bean
  VenueClosureWatch venueClosureWatch(
      VenueCatalogue venues,
      PapertapeProperties properties,
      LedgerBudget budget,
      ProviderClocks clocks,
      EngineRuntime engine) {
    return new VenueClosureWatch(
        properties.feed() == PapertapeProperties.Feed.RECORDING
            ? List.of()
            : venues.venues().stream().map(VenueSettings::venue).toList(),
        budget::inspect,
        clocks,
        engine);
  }

  @Bean
  MeterBinder referenceWatchMetrics(ReferenceWatch watch) {
    return watch::bindTo;
  }

  private static void write(FallbackChosen chosen, FactJournal journal) {
    journal
        .append(
            List.of(
                new Fact(
                    "fallback:" + chosen.capability(),
                    "fallback",
                    UUID.randomUUID(),
                    chosen,
                    Map.of(OriginMetadata.ACTOR, "reference-prices"))),
            null,
            null)
        .join();
  }
}
