package dev.papertape.contracts.deploy;

/**
 * A release: everything that may differ between two of them, under a name. Never code, and paper
 * only.
 *
 * @param release the name; a name means one set of values for good
 */
public record PolicyBundle(
    String release,
    RouterParameters router,
    SizingParameters sizing,
    GuardParameters guards,
    AlphaParameters alphas) {
  public PolicyBundle {
    if (release.isBlank()) {
      throw new IllegalArgumentException("a release needs a name");
    }
  }

  /** Whether an order would be decided alike under both, whatever they are called. */
  public boolean decidesAs(PolicyBundle other) {
    return router.named("").equals(other.router.named(""))
        && sizing.equals(other.sizing)
        && guards.equals(other.guards)
        && alphas.equals(other.alphas);
  }
}
