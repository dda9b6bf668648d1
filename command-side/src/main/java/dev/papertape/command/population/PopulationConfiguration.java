package dev.papertape.command.population;

import dev.papertape.command.PapertapeProperties;
import dev.papertape.contracts.population.PopulationSpec;
import java.util.List;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts population based training together. */
@Configuration
@EnableConfigurationProperties(PopulationProperties.class)
class PopulationConfiguration {
  /** Some twenty generations of eight members. */
  private static final int SNAPSHOT_EVERY = 250;

  /** Integers that JSON keeps exactly. */
  static final long EXACT = (1L << 53) - 1;

  @Bean
  PopulationRules populationRules() {
    return new PopulationRules(TrainableAlphas::allows);
  }

  @Bean
  SnapshotTriggerDefinition populationSnapshots(Snapshotter snapshotter) {
    return new EventCountSnapshotTriggerDefinition(snapshotter, SNAPSHOT_EVERY);
  }

  @Bean
  PopulationConductor.Parts populationConducting(
      PopulationDesk desk,
      TrainedAlphas alphas,
      PapertapeProperties papertape,
      PopulationProperties properties) {
    List<PopulationSpec> shipped =
        papertape.alphas() && properties.enabled()
            ? List.of(
                ShippedPopulation.of(
                    properties.members(), properties.interval(), papertape.seed() & EXACT))
            : List.of();
    return new PopulationConductor.Parts(desk::conduct, desk::inspect, alphas, shipped);
  }
}
