package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request's JSON body, size-limited and of the right content type, not yet read. A controller
 * takes it as an argument and reads it once; the contract of its route says what it must look like.
 */
public final class JsonBody {
  private final byte[] bytes;
  private final @Nullable Contract contract;

  /**
   * @param contract null where the route has none; such a body can be hashed, but not be read
   */
  public JsonBody(byte[] bytes, @Nullable Contract contract) {
    this.bytes = bytes;
    this.contract = contract;
  }

  /** Of a request that has no body. */
  public static JsonBody none() {
    return new JsonBody("{}".getBytes(StandardCharsets.UTF_8), null);
  }

  /** The bytes as they were sent. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Reads the body to its end.
   *
   * @param result called with members that keep the contract and every rule
   * @throws ProblemException 400 when it is no JSON, 422 when it breaks the contract or a rule;
   *     either way with every violation that could be found
   */
  public <T> T read(Function<Members, T> result, BodyRule... rules) {
    Violations violations = new Violations();
    Members members = members(violations, rules);
    if (members == null || !violations.isEmpty()) {
      throw Problem.violated(
              violations.isMalformed()
                  ? ProblemKind.MALFORMED_BODY
                  : ProblemKind.CONTRACT_VIOLATION,
              violations.all())
          .asException();
    }
    return result.apply(members);
  }

  /**
   * Lower-case hex SHA-256 over the body's canonical form, for a body that was read without a
   * violation: names sorted by UTF-16 code unit, no white space, and (other than RFC 8785) numbers
   * as their exact decimals, so that two quantities never share a hash.
   */
  public String canonicalSha256() {
    return CanonicalBody.sha256(bytes);
  }

  private @Nullable Members members(Violations violations, BodyRule... rules) {
    if (contract == null) {
      throw new IllegalStateException("the route has no contract of its requests");
    }
    BodyTree tree = BodyTree.read(bytes, violations);
    violations.placedBy(tree::place);
    JsonNode root = tree.root().orElse(null);
    if (root == null) {
      return null;
    }
    Set<String> refused = new HashSet<>();
    for (Breach breach : contract.breaches(root)) {
      boolean mayFollow = !tree.isWhole() && breach.code().equals(Breach.MISSING);
      if (!tree.isSpoiled(breach.pointer()) && !mayFollow) {
        String sent = breach.rejected() == null ? null : tree.text(breach.pointer());
        violations.add(breach.pointer(), breach.code(), breach.message(), sent);
        refused.add(breach.pointer());
      }
    }
    refused.addAll(tree.spoiled());
    if (!root.isObject()) {
      return null;
    }
    Members members = new Members(root, "", refused);
    if (tree.isWhole()) {
      for (BodyRule rule : rules) {
        rule.check(members, violations);
      }
    }
    return members;
  }
}
