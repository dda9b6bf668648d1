package dev.papertape.eventstore.heartbeat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.eventstore.EventStoreAutoConfiguration;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.lease.PostgresLeases;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;

/**
 * This process among others: its identity, leases and heartbeat. Properties: {@code
 * papertape.process.role} (standalone), {@code papertape.lease.ttl} (5s).
 */
@AutoConfiguration(after = EventStoreAutoConfiguration.class)
public class ProcessAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ProcessIdentity processIdentity(@Value("${papertape.process.role:standalone}") String role) {
    return ProcessIdentity.ofThisProcess(role);
  }

  @Bean
  @ConditionalOnMissingBean
  PostgresLeases leases(
      DataSource dataSource,
      ProcessIdentity process,
      @Value("${papertape.lease.ttl:5s}") String ttl,
      SchemaMigrations migratedBefore) {
    return new PostgresLeases(dataSource, process.id(), DurationStyle.detectAndParse(ttl));
  }

  @Bean(initMethod = "start")
  Heartbeat heartbeat(
      DataSource dataSource,
      ProcessIdentity process,
      PostgresLeases leases,
      ObjectProvider<HeartbeatContributor> contributors,
      ObjectMapper mapper) {
    return new Heartbeat(
        dataSource, process, leases::heldEpochs, contributors.orderedStream().toList(), mapper);
  }

  @Bean
  Heartbeats heartbeats(DataSource dataSource, ObjectMapper mapper) {
    return new Heartbeats(dataSource, mapper);
  }
}
