package dev.papertape.eventstore.axon;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps out what would phone home, time every unit of work, or migrate the database on its own
 * (each module migrates itself, see {@code SchemaMigrations}).
 */
final class UnwantedAutoConfigurations implements AutoConfigurationImportFilter {
  private static final Set<String> UNWANTED =
      Set.of(
          "org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration",
          "org.axonframework.springboot.autoconfig.AxonTimeoutAutoConfiguration",
          "org.axonframework.springboot.autoconfig.XStreamAutoConfiguration",
          "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration");

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] wanted = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      String name = classes[i];
      wanted[i] = name == null || !UNWANTED.contains(name);
    }
    return wanted;
  }
}
