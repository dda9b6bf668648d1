package dev.papertape.command.population;

import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.contracts.alpha.AlphaSpec;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/** The alphas of the configuration: they keep their parameters. */
@Component
class ConfiguredAlphas implements TrainedAlphas {
  @Override
  public Optional<AlphaSpec> find(String alphaId) {
    return AlphaSettings.builtIn().stream()
        .filter(alpha -> alpha.alphaId().equals(alphaId))
        .findFirst();
  }

  @Override
  public List<String> known() {
    return AlphaSettings.builtIn().stream().map(AlphaSpec::alphaId).toList();
  }

  @Override
  public String train(
      String alphaId, SortedMap<String, Double> params, String populationId, String reason) {
    return "alphas of the configuration keep their parameters";
  }
}
