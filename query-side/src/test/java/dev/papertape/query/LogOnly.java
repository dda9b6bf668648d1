package dev.papertape.query;

import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.HeadListener;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log without its appender. */
@Configuration
class LogOnly {
  @Bean
  HeadSignal headSignal() {
    return new HeadSignal();
  }

  @Bean
  EventLog eventLog(DataSource dataSource, HeadSignal signal) {
    new SchemaMigrations(dataSource).migrate("eventstore");
    return new PostgresEventLog(dataSource, signal);
  }

  @Bean(initMethod = "start")
  HeadListener headListener(DataSource dataSource, HeadSignal signal, EventLog log) {
    return new HeadListener(dataSource, signal);
  }

  @Bean
  CanonicalJson canonicalJson() {
    return new CanonicalJson();
  }
}
