package dev.papertape.contracts.budget;

/**
 * What a provider itself says of one of its windows.
 *
 * @param used in the window, the call that was answered included
 */
public record ObservedUse(QuotaKind kind, long periodMs, long used) {
  public ObservedUse {
    if (used < 0 || used > Quota.MOST) {
      throw new IllegalArgumentException("a use of " + used);
    }
  }
}
