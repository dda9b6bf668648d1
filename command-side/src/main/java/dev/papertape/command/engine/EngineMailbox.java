package dev.papertape.command.engine;

/** The one way in for everything that is not a market frame. */
public interface EngineMailbox {

  /**
   * Hands the command over, or refuses it at once with {@link EngineUnavailable} (through the
   * command's own future): no lease, stopping, or no room.
   */
  void send(EngineCommand command);
}
