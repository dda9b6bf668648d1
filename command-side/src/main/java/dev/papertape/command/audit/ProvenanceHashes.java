package dev.papertape.command.audit;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.audit.Provenance;
import dev.papertape.eventstore.json.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Ties a decision to its inputs: the hashes that {@link Provenance} describes. */
public final class ProvenanceHashes {
  private final Function<Object, byte[]> canonicalJson;

  /**
   * @param canonicalJson writes a value as RFC 8785 canonical JSON
   */
  public ProvenanceHashes(Function<Object, byte[]> canonicalJson) {
    this.canonicalJson = canonicalJson;
  }

  /**
   * The provenance of a decision.
   *
   * @param windows the feature windows that led to it; empty for people and programs
   * @param context every input of the decision
   * @param decision what was decided
   */
  public Provenance of(
      List<FeatureWindow> windows, String decisionId, Object context, Object decision) {
    String featureWindowHash = hash(windows);
    String contextHash = hash(context);
    String decisionHash = hash(decision);
    String whole =
        hash(
            Map.of(
                "algorithm", Provenance.ALGORITHM,
                "contextHash", contextHash,
                "decisionHash", decisionHash,
                "decisionId", decisionId,
                "featureWindowHash", featureWindowHash));
    return new Provenance(
        Provenance.ALGORITHM, featureWindowHash, contextHash, decisionHash, whole);
  }

  private String hash(Object value) {
    return CanonicalJson.sha256Hex(canonicalJson.apply(value));
  }
}
