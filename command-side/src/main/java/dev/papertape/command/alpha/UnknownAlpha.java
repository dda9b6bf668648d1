package dev.papertape.command.alpha;

/** Nobody registered an alpha of that id. */
public final class UnknownAlpha extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownAlpha(String alphaId) {
    super("no alpha " + alphaId);
  }
}
