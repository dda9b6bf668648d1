package dev.papertape.command.engine;

import java.util.Objects;

/** Why the engine did not consume a command; nothing was accepted. */
public abstract sealed class EngineUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineUnavailable(String message) {
    super(message);
  }

  /** One sentence for the caller, never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** This process does not hold the engine's lease; another may. */
  public static final class NotLeaseHolder extends EngineUnavailable {
    private static final long serialVersionUID = 1L;

    public NotLeaseHolder() {
      super("this process does not hold the engine's lease");
    }
  }

  /** The engine is stopping or lost its lease. */
  public static final class Stopping extends EngineUnavailable {
    private static final long serialVersionUID = 1L;

    public Stopping() {
      super("the engine is stopping");
    }
  }

  /** Too many inputs wait. */
  public static final class MailboxFull extends EngineUnavailable {
    private static final long serialVersionUID = 1L;

    public MailboxFull() {
      super("the engine's mailbox is full");
    }
  }

  /** No market frame has come in yet, so there is no feed time to decide at. */
  public static final class NoMarketYet extends EngineUnavailable {
    private static final long serialVersionUID = 1L;

    public NoMarketYet() {
      super("no market data has come in yet");
    }
  }

  /** The engine has just begun, and not every venue has said what it lists. */
  public static final class VenuesNotListed extends EngineUnavailable {
    private static final long serialVersionUID = 1L;

    public VenuesNotListed() {
      super("the venues have not said yet what they list");
    }
  }
}
