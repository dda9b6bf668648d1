package dev.papertape.contracts.chaos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is done to the wire; written as operators type it, for example {@code l2_gap}. */
public enum ChaosType {
  /** A venue's socket is closed at seeded moments; intensity: how often, 1 to 20. */
  WS_FLAP,
  /** REST replies are held; intensity: the hold as a factor of the caller's time-out. */
  API_TIMEOUT,
  /** Depth messages of one book are dropped; intensity: how many, 1 to 1000. */
  L2_GAP,
  /** Quantities of one book's levels are multiplied; intensity: the factor. */
  DEPTH_SPIKE;

  /**
   * Reads what {@link #wireName} writes.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static ChaosType of(String wireName) {
    for (ChaosType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a fault: " + wireName);
  }

  /** In lower case. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
