package dev.papertape.query.router;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The router at a glance.
 *
 * @param policyVersion of the newest decision, null before the first
 * @param decisionsLastMin in the last minute of feed time
 * @param recent newest first
 */
record RouterSnapshot(
    @Nullable String policyVersion,
    long decisionsLastMin,
    List<VenueScoreView> venues,
    List<DecisionView> recent) {}
