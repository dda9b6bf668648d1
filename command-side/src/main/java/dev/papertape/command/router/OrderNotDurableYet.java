package dev.papertape.command.router;

/** The engine took the order, or may have, but nothing of it is known to be in the log. */
public final class OrderNotDurableYet extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "the order's facts did not become durable in time";

  public OrderNotDurableYet() {
    super(MESSAGE);
  }

  @Override
  public String getMessage() {
    return MESSAGE;
  }
}
