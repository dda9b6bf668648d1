package dev.papertape.command.features.parity;

import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.features.FeatureParity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One tally for each feature. */
public final class ParityTallies {
  private final Map<String, ParityTally> byName = new LinkedHashMap<>();

  public ParityTallies(Collection<FeatureDefinition> definitions) {
    definitions.forEach(each -> byName.put(each.name(), new ParityTally(each)));
  }

  ParityTally of(String feature) {
    ParityTally tally = byName.get(feature);
    if (tally == null) {
      throw new IllegalArgumentException("no feature " + feature + " is compared");
    }
    return tally;
  }

  /** In the order of the definitions. */
  public List<FeatureParity> results() {
    return byName.values().stream().map(ParityTally::result).toList();
  }
}
