package dev.papertape.command.chaos;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.ConflictRetry;
import dev.papertape.command.PapertapeProperties;
import dev.papertape.command.VenueCatalogue;
import dev.papertape.command.VenueSettings;
import dev.papertape.command.budget.BudgetMetrics;
import dev.papertape.command.budget.LedgerBudget;
import dev.papertape.command.budget.ProviderClocks;
import dev.papertape.command.chaos.proxy.FaultProxy;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.market.connector.ConnectorSettings;
import dev.papertape.command.market.connector.VenueRoutes;
import dev.papertape.eventstore.log.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the chaos desk together. Outside dev there is no proxy at all. */
@Configuration(proxyBeanMethods = false)
class ChaosConfiguration {

  @Bean
  ChaosMode chaosMode(
      @Value("${papertape.env:DEV}") String environment,
      @Value("${papertape.chaos.enabled:#{null}}") @Nullable Boolean enabled,
      PapertapeProperties properties) {
    return new ChaosMode(
        enabled != null ? enabled : !environment.equalsIgnoreCase("PROD"),
        properties.feed() == PapertapeProperties.Feed.RECORDING);
  }

  /**
   * The transport that connectors use.
   *
   * @param proxy null where there is none
   */
  record Transport(@Nullable FaultProxy proxy) implements AutoCloseable {
    FaultPort port() {
      return proxy == null ? FaultPort.NONE : proxy;
    }

    @Override
    public void close() {
      if (proxy != null) {
        proxy.close();
      }
    }
  }

  @Bean
  Transport chaosTransport(ChaosMode mode, VenueCatalogue catalogue, Clock clock) {
    List<VenueSettings> venues =
        mode.enabled() && !mode.recorded() ? catalogue.venues() : List.of();
    return new Transport(
        venues.isEmpty()
            ? null
            : FaultProxy.start(
                venues, clock, venue -> ConnectorSettings.requestTimeout(venue.kind())));
  }

  /** Where connectors find the venues: through the proxy if there is one. */
  @Bean
  VenueRoutes venueRoutes(Transport transport) {
    FaultProxy proxy = transport.proxy();
    return proxy == null ? VenueRoutes.DIRECT : proxy::through;
  }

  @Bean
  ChaosLog chaosLog(
      CommandGateway commands, ConflictRetry retry, EventLog events, EventReader reader) {
    return new ChaosLog(commands, retry, events, reader);
  }

  @Bean
  AskedFirst askedFirst(LedgerBudget budget, ProviderClocks clocks) {
    return new AskedFirst(budget::inspect, clocks::now);
  }

  @Bean
  ChaosMetrics chaosMetrics(MeterRegistry registry) {
    return new ChaosMetrics(registry);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ChaosRunner chaosRunner(
      ChaosLog chaosLog,
      EngineRuntime engine,
      Transport transport,
      VenueCatalogue venues,
      Clock clock,
      BudgetMetrics calls,
      ChaosMetrics metrics) {
    FaultPort port = transport.port();
    return new ChaosRunner(
        engine::isHolder,
        () ->
            new ChaosDesk(
                chaosLog,
                new EngineOfDesk(engine),
                port,
                venues.venues(),
                clock,
                calls::timedOut,
                metrics::applied),
        port);
  }
}
