package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaSpec;
import java.util.List;

/** The alpha's state does not allow what was asked for. */
public final class WrongAlphaState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient AlphaSpec spec;

  WrongAlphaState(AlphaSpec spec, String message) {
    super(message);
    this.spec = spec;
  }

  public List<String> allowedActions() {
    return AlphaDecider.allowedActions(spec);
  }
}
