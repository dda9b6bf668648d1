package dev.papertape.command.promotion;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.ConflictRetry;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.log.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the promotion together: {@code papertape.promotion.policy} names what is asked for. */
@Configuration
class PromotionConfiguration {
  private static final Map<String, String> CONDUCTOR = Map.of(OriginMetadata.ACTOR, "promotion");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Bean
  PromotionPolicy promotionPolicy(@Value("${papertape.promotion.policy:standard}") String name) {
    return PromotionPolicy.named(name);
  }

  @Bean
  PromotionConductor promotionConductor(
      EventLog events,
      EventReader reader,
      PromotionPolicy policy,
      CommandGateway commands,
      ConflictRetry retry,
      MeterRegistry registry) {
    return new PromotionConductor(
        events,
        reader,
        policy,
        new PopulationTrials(events, reader, commands::<Population>sendAndWait),
        command ->
            retry.call(
                () -> {
                  commands.<Object>sendAndWait(
                      GenericCommandMessage.asCommandMessage(command).withMetaData(CONDUCTOR));
                  return command;
                }),
        new PromotionMetrics(registry),
        BETWEEN_LOOKS);
  }
}
