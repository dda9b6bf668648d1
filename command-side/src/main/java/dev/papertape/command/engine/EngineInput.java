package dev.papertape.command.engine;

import dev.papertape.command.market.MarketInput;
import java.time.Instant;

/** Everything that the engine's thread consumes, one at a time, in the order of its queue. */
public sealed interface EngineInput {

  /** A decoded market frame. */
  record Frame(MarketInput input) implements EngineInput {}

  /** Something from outside; recorded with the frame number at which it was consumed. */
  record Mail(EngineCommand command) implements EngineInput {}

  /**
   * The clock of a live feed moved on, so that silence is noticed. Not recorded: ticks stand on a
   * fixed grid of feed time and frames are never overtaken by it ({@link ArrivalOrder}), so the
   * frames around them tell where they were.
   */
  record TimeAdvance(Instant now) implements EngineInput {}
}
