package dev.papertape.eventstore.axon;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps out what would phone home, time every unit of work, or migrate the database on its own
 * (each module migrates itself, see {@code SchemaMigrations}), and what comes along with a starter,
 * is used nowhere and would only lengthen every start.
 */
final class UnwantedAutoConfigurations implements AutoConfigurationImportFilter {
  private static final Set<String> UNWANTED =
      Set.of(
          "org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration",
          "org.axonframework.springboot.autoconfig.AxonTimeoutAutoConfiguration",
          "org.axonframework.springboot.autoconfig.XStreamAutoConfiguration",
          "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration");

  /** Plain JDBC is all that touches the database, and the JDK's client all that calls others. */
  private static final Set<String> UNUSED =
      Set.of(
          "org.springframework.boot.autoconfigure.aop.AopAutoConfiguration",
          "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration",
          "org.springframework.boot.autoconfigure.dao.PersistenceExceptionTranslationAutoConfiguration",
          "org.springframework.boot.autoconfigure.http.client.HttpClientAutoConfiguration",
          "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
          "org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration",
          "org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration",
          "org.springframework.boot.autoconfigure.sql.init.SqlInitializationAutoConfiguration",
          "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration",
          "org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration",
          "org.springframework.boot.autoconfigure.transaction.TransactionManagerCustomizationAutoConfiguration",
          "org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration",
          "org.springframework.boot.autoconfigure.web.client.RestClientAutoConfiguration",
          "org.springframework.boot.autoconfigure.web.client.RestTemplateAutoConfiguration",
          "org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration",
          "org.springframework.boot.actuate.autoconfigure.metrics.cache.CacheMetricsAutoConfiguration",
          "org.springframework.boot.actuate.autoconfigure.metrics.integration.IntegrationMetricsAutoConfiguration",
          "org.springframework.boot.actuate.autoconfigure.metrics.web.jetty.JettyMetricsAutoConfiguration",
          "org.springframework.boot.actuate.autoconfigure.observation.web.client.HttpClientObservationsAutoConfiguration",
          "org.springframework.boot.actuate.autoconfigure.scheduling.ScheduledTasksObservabilityAutoConfiguration");

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] wanted = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      String name = classes[i];
      wanted[i] = name == null || !(UNWANTED.contains(name) || UNUSED.contains(name));
    }
    return wanted;
  }
}
