package dev.papertape.contracts.deploy;

/** Parameters of the built-in alphas. */
public record AlphaParameters(Momentum momentum) {

  /**
   * @param lookBackSeconds 2 or more
   * @param enter strength from which it wishes to hold, &gt; {@code exit}
   * @param exit strength below which it no longer does, &ge; 0
   */
  public record Momentum(int lookBackSeconds, double enter, double exit) {}
}
