package dev.papertape.command.population;

import dev.papertape.contracts.alpha.AlphaSpec;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The alphas as training needs them: what they are, and where the best parameters go. */
public interface TrainedAlphas {
  /** Empty when there is none of that id. */
  Optional<AlphaSpec> find(String alphaId);

  /** Ids of all. */
  List<String> known();

  /**
   * Gives an alpha other parameters; again is the same as once.
   *
   * @return why it does not take them, null when it has them
   */
  @Nullable String train(
      String alphaId, SortedMap<String, Double> params, String populationId, String reason);
}
