package dev.papertape.contracts.audit;

/**
 * What a decision was made of. Each hash is lower-case hex SHA-256 over RFC 8785 canonical JSON:
 * {@code featureWindowHash} of the feature windows, {@code contextHash} of the decision's context,
 * {@code decisionHash} of the decision, {@code hash} of {algorithm, contextHash, decisionHash,
 * decisionId, featureWindowHash}.
 */
public record Provenance(
    String algorithm,
    String featureWindowHash,
    String contextHash,
    String decisionHash,
    String hash) {
  public static final String ALGORITHM = "sha-256/jcs";
}
