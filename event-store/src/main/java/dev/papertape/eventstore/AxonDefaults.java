package dev.papertape.eventstore;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings of Axon that hold for every process over this log, below whatever an application says:
 * no call home, no time-out interceptor around every unit of work (its profile showed), no XStream.
 */
final class AxonDefaults implements EnvironmentPostProcessor {
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "axon.axonserver.enabled", "false",
          "axon.timeout.enabled", "false",
          "axon.serializer.general", "jackson",
          "axon.serializer.messages", "jackson",
          "axon.serializer.events", "jackson",
          "axon.update-check.disabled", "true");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    // Axon reads this one from the system properties only, before any bean is made.
    System.setProperty("axoniq.update-checker.disabled", "true");
    environment.getPropertySources().addLast(new MapPropertySource("papertape-axon", DEFAULTS));
  }
}
