package dev.papertape.command.budget;

import dev.papertape.contracts.budget.ReserveReply.Denied;
import java.io.IOException;

/** The ledger did not allow the call; nothing was sent. */
public final class CallDeniedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final transient Denied denied;

  CallDeniedException(Denied denied) {
    super(denied.detail());
    this.denied = denied;
  }

  public Denied denied() {
    return denied;
  }
}
