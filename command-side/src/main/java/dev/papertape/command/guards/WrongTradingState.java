package dev.papertape.command.guards;

import dev.papertape.contracts.guards.TradingState;

/** The trading state is what was asked for already. */
public final class WrongTradingState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TradingState state;

  public WrongTradingState(TradingState state) {
    super("trading is " + state + " already");
    this.state = state;
  }

  public TradingState state() {
    return state;
  }
}
