package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which a JSON value breaks its contract.
 *
 * @param pointer JSON Pointer (RFC 6901) to what is wrong; to where it should be, if it is missing
 * @param code stable, {@code UPPER_SNAKE}
 * @param message one sentence for a person, with what would be right
 * @param rejected the value that is refused, null when it is missing or may not be there at all
 */
public record Breach(String pointer, String code, String message, @Nullable JsonNode rejected) {
  /** Code of a member that is required and absent. */
  public static final String MISSING = "MISSING";

  /** Code of a member that is not known. */
  public static final String UNKNOWN_FIELD = "UNKNOWN_FIELD";
}
