package dev.papertape.command.features;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.PapertapeProperties;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.features.parity.ParityCheck;
import dev.papertape.command.features.parity.ParityMetrics;
import dev.papertape.command.features.parity.ParityRuns;
import dev.papertape.command.features.parity.ParitySchedule;
import dev.papertape.command.features.parity.StoredBars;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.features.FeatureStore;
import dev.papertape.eventstore.log.EventLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the feature store's command side together. */
@Configuration(proxyBeanMethods = false)
class FeatureConfiguration {

  @Bean(initMethod = "start", destroyMethod = "close")
  FeatureWriter featureWriter(DataSource dataSource, SchemaMigrations migratedBefore) {
    return new FeatureWriter(new FeatureStore(dataSource));
  }

  /** Begins the features of an engine's life, given its epoch. */
  interface Lives extends LongFunction<OnlineFeatures> {}

  @Bean
  Lives onlineFeatures(
      FeatureWriter writer,
      DataSource dataSource,
      PapertapeProperties properties,
      SchemaMigrations migratedBefore) {
    return epoch -> {
      OnlineFeatures features = new OnlineFeatures(BarFeatures.builtIn(), writer, epoch);
      if (properties.feed() != PapertapeProperties.Feed.RECORDING) {
        new StoredBars().recall(dataSource, features); // A recording begins where it begins.
      }
      return features;
    };
  }

  @Bean
  MeterBinder featureWriterMetrics(FeatureWriter writer) {
    return registry -> {
      FunctionCounter.builder("feature.values.written", writer, FeatureWriter::written)
          .description("Feature values and samples written to the store")
          .register(registry);
      FunctionCounter.builder("feature.values.dropped", writer, FeatureWriter::dropped)
          .description("Feature values and samples that the store did not take in time")
          .register(registry);
      Gauge.builder("feature.values.waiting", writer, FeatureWriter::waiting)
          .description("Feature values and samples that wait to be written")
          .register(registry);
    };
  }

  @Bean
  ParityRuns parityRuns(
      FeatureWriter writer,
      DataSource dataSource,
      FactJournal journal,
      EventLog events,
      EventReader reader,
      MeterRegistry registry) {
    return new ParityRuns(
        writer,
        new ParityCheck(
            dataSource, new StoredBars(), BarFeatures.builtIn(), writer.droppedValues()),
        journal,
        events,
        reader,
        new ParityMetrics(registry));
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ParitySchedule paritySchedule(ParityRuns runs, EngineRuntime engine) {
    return new ParitySchedule(runs, engine::isHolder);
  }
}
