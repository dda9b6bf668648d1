package dev.papertape.command.quality;

import dev.papertape.contracts.quality.QuarantineStatus;

/** The record was released or discarded already. */
public final class WrongQuarantineState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final QuarantineStatus status;

  public WrongQuarantineState(QuarantineStatus status) {
    super("the record is " + status + " already");
    this.status = status;
  }

  public QuarantineStatus status() {
    return status;
  }
}
