package dev.papertape.eventstore.web;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings that every process over the log shares, whichever side it runs; each can be overridden.
 * The database is {@code papertape.database.url}, {@code user} and {@code password} (in the
 * environment {@code PAPERTAPE_DATABASE_URL} and so on); HTTP is bound to loopback. Metrics stand
 * at {@code /metrics}, probes at {@code /actuator/health/{liveness,readiness}}, the OpenAPI page at
 * {@code /swagger-ui}.
 */
public final class ProcessDefaults implements EnvironmentPostProcessor {
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("spring.datasource.url", "${papertape.database.url}"),
          Map.entry("spring.datasource.username", "${papertape.database.user:}"),
          Map.entry("spring.datasource.password", "${papertape.database.password:}"),
          // Eight are kept by appender, notifier, listener, leases and the like.
          Map.entry("spring.datasource.hikari.maximum-pool-size", "20"),
          // While the database is away a caller is told so soon, not after half a minute.
          Map.entry("spring.datasource.hikari.connection-timeout", "2000"),
          Map.entry("spring.datasource.hikari.validation-timeout", "1000"),
          Map.entry("server.address", "127.0.0.1"),
          Map.entry("server.shutdown", "graceful"),
          Map.entry("spring.main.banner-mode", "off"),
          Map.entry("management.endpoints.web.base-path", "/"),
          Map.entry("management.endpoints.web.path-mapping.prometheus", "metrics"),
          Map.entry("management.endpoints.web.path-mapping.health", "actuator/health"),
          Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
          Map.entry("management.endpoint.health.probes.enabled", "true"),
          Map.entry("management.endpoint.health.show-details", "never"),
          Map.entry("springdoc.api-docs.version", "openapi_3_1"),
          Map.entry("springdoc.swagger-ui.path", "/swagger-ui"),
          // It warns at every start that its routes are on, which they are meant to be.
          Map.entry("logging.level.org.springdoc.core.events.SpringDocAppInitializer", "error"),
          // It warns at every start that PostgreSQL 18 is newer than what it was tested with.
          Map.entry("logging.level.org.flywaydb.core.internal.database.base.Database", "error"),
          // It warns at every start of how Axon's annotations are written.
          Map.entry("logging.level.org.springframework.core.annotation", "error"),
          // Each module migrates its own tables (SchemaMigrations).
          Map.entry("spring.flyway.enabled", "false"),
          Map.entry("server.error.include-stacktrace", "never"));

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment.getPropertySources().addLast(new MapPropertySource("papertape-defaults", DEFAULTS));
  }
}
