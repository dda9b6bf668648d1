package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.regime.Regime;
import org.jspecify.annotations.Nullable;

/**
 * What an alpha may look at: one symbol at one sample, nothing newer.
 *
 * @param mids the newest is of this sample
 * @param features of the symbol; what is read here is named in the decision's provenance
 * @param regime of the symbol, null while it is not known
 * @param previous the alpha's last wish for the symbol as it gave it, 0 at first
 */
public record AlphaMoment(
    MidSeries mids, FeatureReader features, @Nullable Regime regime, double previous) {}
