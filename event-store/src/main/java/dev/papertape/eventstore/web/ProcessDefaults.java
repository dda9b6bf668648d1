package dev.papertape.eventstore.web;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings that every process over the log shares, whichever side it runs; each can be overridden.
 * Metrics stand at {@code /metrics}, probes at {@code /actuator/health/{liveness,readiness}}, the
 * OpenAPI page at {@code /swagger-ui}.
 */
public final class ProcessDefaults implements EnvironmentPostProcessor {
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
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
          // Each module migrates its own tables (SchemaMigrations).
          Map.entry("spring.flyway.enabled", "false"),
          Map.entry("server.error.include-stacktrace", "never"));

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment.getPropertySources().addLast(new MapPropertySource("papertape-defaults", DEFAULTS));
  }
}
