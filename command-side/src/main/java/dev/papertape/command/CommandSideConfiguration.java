package dev.papertape.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.CandleArchive;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.EngineLife;
import dev.papertape.command.engine.EngineMetrics;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineSettings;
import dev.papertape.command.engine.LifeListener;
import dev.papertape.command.engine.Listings;
import dev.papertape.command.engine.LiveMarketFeed;
import dev.papertape.command.engine.MarketFeed;
import dev.papertape.command.engine.RecordedMarketFeed;
import dev.papertape.command.execution.OrderReadings;
import dev.papertape.command.execution.OrderRequestRules;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.guards.ReducingGuards;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.archive.StoredCandles;
import dev.papertape.command.market.connector.FrameTap;
import dev.papertape.command.market.connector.SampledFrames;
import dev.papertape.command.market.connector.VenueRoutes;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.command.population.PopulationConductor;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.command.quality.Reexaminer;
import dev.papertape.command.router.RouteOrderHandler;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.contract.ContractCounts;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.heartbeat.HeartbeatContributor;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.market.CandleStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Puts the command side together: engine, aggregates, command routes. */
@Configuration
@EnableConfigurationProperties(PapertapeProperties.class)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class CommandSideConfiguration {
  private static final Duration STANDBY_RETRY = Duration.ofMillis(500);
  private static final Duration SCORE_EVERY = Duration.ofSeconds(5);
  private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

  /** Reads an event of the log back. */
  public interface EventReader extends Function<LoggedEvent, DomainEvent> {}

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  @ConditionalOnMissingBean
  EventNames eventNames() {
    return EventNames.of(EventTypes.all(), EventTypes::logicalName);
  }

  @Bean
  EventReader eventReader(CanonicalJson json, EventNames names) {
    return row -> {
      Class<?> type = names.classOf(row.payloadType());
      if (type == null) {
        throw new IllegalStateException("this release does not know " + row.payloadType());
      }
      return (DomainEvent) json.read(row.payload(), type);
    };
  }

  @Bean
  ConflictRetry conflictRetry(PapertapeProperties properties) {
    return new ConflictRetry(new Random(properties.seed()));
  }

  @Bean
  OperatorCommands operatorCommands(CommandGateway commands, ConflictRetry retry) {
    return new OperatorCommands(commands, retry);
  }

  @Bean
  @ConditionalOnMissingBean
  VenueCatalogue venueCatalogue(PapertapeProperties properties) {
    return properties::venueSettings;
  }

  /** {@code papertape.contracts.sample-every} (default 1000, 0 for none); never in production. */
  @Bean
  FrameTap frameTap(
      Contracts contracts,
      ContractCounts counts,
      VenueCatalogue venues,
      @Value("${papertape.env:DEV}") String environment,
      @Value("${papertape.contracts.sample-every:1000}") int every) {
    if (every <= 0 || environment.equalsIgnoreCase("PROD")) {
      return FrameTap.NONE;
    }
    Map<Venue, WireProtocol> wires = new TreeMap<>();
    venues.venues().forEach(venue -> wires.put(venue.venue(), venue.wire()));
    return new SampledFrames(new WireContracts(contracts), counts, wires, every);
  }

  @Bean
  MeterBinder sampledFramesMetrics(FrameTap tap) {
    return registry -> {
      if (tap instanceof SampledFrames samples) {
        FunctionCounter.builder("contract.samples.checked", samples, SampledFrames::checked)
            .description("Live frames and fetched bodies that were held against their contract")
            .register(registry);
        FunctionCounter.builder("contract.samples.dropped", samples, SampledFrames::dropped)
            .description("Samples that nobody had time to hold against their contract")
            .register(registry);
      }
    };
  }

  @Bean
  MarketFeed marketFeed(
      PapertapeProperties properties,
      VenueCatalogue venues,
      VenueRoutes routes,
      BudgetedCalls calls,
      Clock clock,
      FrameTap tap) {
    return switch (properties.feed()) {
      case SIMULATOR, LIVE ->
          new LiveMarketFeed(
              venues.venues(),
              routes,
              calls,
              clock,
              properties.seed(),
              tap,
              properties.candleLookBack());
      case RECORDING ->
          new RecordedMarketFeed(
              properties.recordings(), properties.speedFactor(), properties.seed());
    };
  }

  @Bean
  EngineSettings engineSettings(PapertapeProperties properties, AlphaSettings alphas) {
    return new EngineSettings(
        properties.seed(),
        ReleasePolicy.baseline(properties.release()),
        properties.initialCash(),
        SCORE_EVERY,
        CHECKPOINT_EVERY,
        alphas);
  }

  @Bean
  Listings listings(Clock clock) {
    return new Listings(clock);
  }

  @Bean
  EngineMetrics engineMetrics(MeterRegistry registry, VenueCatalogue catalogue) {
    Map<Venue, List<Symbol>> venues = new TreeMap<>();
    catalogue.venues().forEach(venue -> venues.put(venue.venue(), venue.symbols()));
    return new EngineMetrics(registry, venues);
  }

  @Bean
  CandleArchive candleArchive(CandleStore store, MeterRegistry registry, Clock clock) {
    return new StoredCandles(store, registry, clock);
  }

  @Bean
  EngineRuntime engineRuntime(
      Leases leases,
      EngineSettings settings,
      EventLog events,
      FactJournal journal,
      EventReader reader,
      CanonicalJson json,
      LongFunction<OnlineFeatures> features,
      MarketFeed feed,
      Clock clock,
      List<LifeListener> listeners,
      CandleArchive candles,
      CommandGateway commands,
      PopulationConductor.Parts training) {
    EngineLife.Parts parts =
        new EngineLife.Parts(
            settings,
            events,
            journal,
            reader,
            new ProvenanceHashes(json::write),
            features,
            feed,
            clock,
            LifeListener.all(listeners.toArray(LifeListener[]::new)),
            candles,
            commands::<Object>sendAndWait,
            training);
    return new EngineRuntime(
        leases, (epoch, onEnd) -> EngineLife.begin(parts, epoch, onEnd), STANDBY_RETRY, clock);
  }

  @Bean
  MeterBinder engineRuntimeMetrics(EngineRuntime runtime) {
    return registry -> {
      Gauge.builder("engine.running", runtime, each -> each.isHolder() ? 1 : 0)
          .description("Whether this process runs the engine")
          .register(registry);
      FunctionCounter.builder("engine.begins.failed", runtime, EngineRuntime::failedBegins)
          .description("Lives of the engine that could not begin in this process")
          .register(registry);
    };
  }

  @Bean
  EngineLifecycle engineLifecycle(EngineRuntime runtime) {
    return new EngineLifecycle(runtime);
  }

  @Bean
  EngineCalls engineCalls(EngineRuntime runtime) {
    return new EngineCalls(runtime);
  }

  @Bean
  RouteOrderHandler routeOrderHandler(EngineRuntime runtime) {
    return new RouteOrderHandler(runtime);
  }

  @Bean
  OrderRequestRules orderRequestRules(Listings listings) {
    return new OrderRequestRules(listings::finestSteps);
  }

  @Bean
  OrderReadings orderReadings(EventLog events, EventReader reader) {
    return new OrderReadings(events, reader);
  }

  @Bean
  ReducingGuards reducingGuards(EventLog events, EventReader reader) {
    return new ReducingGuards(events, reader);
  }

  @Bean
  Reexaminer reexaminer(VenueCatalogue catalogue, CanonicalJson json) {
    Map<Venue, WireProtocol> wires = new TreeMap<>();
    catalogue.venues().forEach(venue -> wires.put(venue.venue(), venue.wire()));
    return new Reexaminer(
        QualityPolicy.DEFAULT,
        wires,
        text -> json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class));
  }

  @Bean
  CommandTargetResolver aggregateCommandTargets() {
    return new AggregateTargets();
  }

  /** What this process's engine says of itself with every heartbeat; empty on a standby. */
  @Bean
  HeartbeatContributor engineHeartbeat(EngineRuntime runtime) {
    return new EngineHeartbeat(runtime);
  }
}
