package dev.papertape.command.engine;

import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.deploy.ReleasePolicy;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an engine is configured with; the same settings, seed and recording give the same decisions.
 *
 * @param baseline what decisions are made under until a rollout has made another release active
 * @param initialCash of a new paper account, quote units
 * @param scoreEvery feed time between two {@code VenueScored} of a venue whose state did not change
 * @param checkpointEvery feed time between two checkpoints
 * @param alphas that work until the log's registry says otherwise
 */
public record EngineSettings(
    long seed,
    ReleasePolicy baseline,
    BigDecimal initialCash,
    Duration scoreEvery,
    Duration checkpointEvery,
    AlphaSettings alphas) {

  /** Without alphas of a registry. */
  public EngineSettings(
      long seed,
      ReleasePolicy baseline,
      BigDecimal initialCash,
      Duration scoreEvery,
      Duration checkpointEvery) {
    this(seed, baseline, initialCash, scoreEvery, checkpointEvery, AlphaSettings.NONE);
  }
}
