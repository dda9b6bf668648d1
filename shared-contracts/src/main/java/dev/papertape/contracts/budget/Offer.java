package dev.papertape.contracts.budget;

import org.jspecify.annotations.Nullable;

/**
 * Something that a provider can be asked for.
 *
 * @param priceMicros of one call in millionths of the provider's currency; null when it is not
 *     known before the call
 */
public record Offer(Capability capability, @Nullable Long priceMicros) {
  public Offer {
    if (priceMicros != null && (priceMicros < 0 || priceMicros > Quota.MOST)) {
      throw new IllegalArgumentException("a price of " + priceMicros);
    }
  }
}
