package dev.papertape.command.alpha;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.ConflictRetry;
import dev.papertape.command.PapertapeProperties;
import dev.papertape.contracts.alpha.AlphaCommand;
import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.eventstore.log.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which alphas this process has, and who puts them on the registry. */
@Configuration
class AlphaConfiguration {

  /** {@code papertape.alpha-jars}: jars with services of {@link AlphaProvider}, by commas. */
  @Bean
  AlphaJars alphaJars(@Value("${papertape.alpha-jars:}") String jars) {
    return AlphaJars.open(
        Stream.of(jars.split(","))
            .map(String::strip)
            .filter(jar -> !jar.isEmpty())
            .map(Path::of)
            .toList());
  }

  /** {@code papertape.alpha-deadline} (default 50ms): alphas of others' code must answer in it. */
  @Bean
  AlphaCatalogue alphaCatalogue(
      ObjectProvider<AlphaProvider> beans,
      AlphaJars jars,
      @Value("${papertape.alpha-deadline:50ms}") Duration deadline) {
    List<AlphaProvider> provided = new ArrayList<>(beans.orderedStream().toList());
    provided.addAll(jars.providers());
    return new AlphaCatalogue(provided, deadline);
  }

  @Bean
  AlphaSettings alphaSettings(PapertapeProperties properties, AlphaCatalogue catalogue) {
    return properties.alphas()
        ? AlphaSettings.standard(catalogue)
        : new AlphaSettings(List.of(), catalogue, AlphaSettings.EVERY_SECOND);
  }

  @Bean
  AlphaRegistry alphaRegistry(EventLog events, EventReader reader, AlphaSettings settings) {
    return new AlphaRegistry(events, reader, settings.configured());
  }

  @Bean
  AlphaKeeper alphaKeeper(
      AlphaSettings settings,
      AlphaRegistry registry,
      CommandGateway commands,
      ConflictRetry retry) {
    return new AlphaKeeper(
        () -> {
          AlphaRoster known = registry.now();
          return settings.configured().stream()
              .filter(spec -> !known.isRegistered(spec.alphaId()))
              .map(AlphaConfiguration::registration)
              .toList();
        },
        command -> retry.call(() -> commands.<Object>sendAndWait(command)));
  }

  private static RegisterAlpha registration(AlphaSpec spec) {
    return new RegisterAlpha(
        spec.alphaId(),
        spec.name(),
        spec.kind(),
        spec.params(),
        spec.symbols(),
        spec.features(),
        spec.weight(),
        spec.stage(),
        AlphaCommand.CONFIGURATION);
  }
}
