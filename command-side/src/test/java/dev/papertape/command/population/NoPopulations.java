package dev.papertape.command.population;

import dev.papertape.contracts.alpha.AlphaSpec;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** For an engine without any training. */
public final class NoPopulations {
  private NoPopulations() {}

  public static PopulationConductor.Parts parts() {
    return new PopulationConductor.Parts(
        command -> {
          throw new AssertionError("nobody asked for " + command);
        },
        populationId -> {
          throw new AssertionError("there is no " + populationId);
        },
        new Alphas(),
        List.of());
  }

  private static final class Alphas implements TrainedAlphas {
    @Override
    public Optional<AlphaSpec> find(String alphaId) {
      return Optional.empty();
    }

    @Override
    public List<String> known() {
      return List.of();
    }

    @Override
    public String train(
        String alphaId, SortedMap<String, Double> params, String populationId, String reason) {
      return "there is none";
    }
  }
}
