package dev.papertape.command.engine;

import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Small immediate orders of alternating sides for a rollout of the demo pace, from one seed; the
 * same engine's life makes the same. Owned by the engine's thread.
 */
final class DemoFlow {
  /** As orders name it. */
  static final String ALPHA_ID = "_demo";

  /** 500 intents a second of feed time: a tick is a tenth of one. */
  static final int INTENTS_PER_TICK = 50;

  /**
   * Of one rollout, over all lives: five minutes of feed time, where a good rollout needs one. A
   * rollout that is held for long then waits for live intents.
   */
  static final long MOST_INTENTS = 150_000;

  /** An order is worth two to five times the smallest that every venue takes. */
  private static final int LEAST_MULTIPLE = 2;

  private static final int MOST_MULTIPLE = 5;

  private final SplittableRandom random;
  private final Map<Lane, Boolean> nextSells = new HashMap<>();

  /** Sides alternate in each arm for itself, so that neither arm piles up a position. */
  private record Lane(Symbol symbol, Arm arm) {}

  DemoFlow(long seed, long epoch) {
    this.random = new SplittableRandom(seed * 31 + epoch);
  }

  /** Which of {@code symbols} the next intent is of. */
  int nextOf(int symbols) {
    return random.nextInt(symbols);
  }

  /**
   * The intent.
   *
   * @param lot a multiple of it suits every venue, base units
   * @param minNotional the largest of the venues', quote units
   */
  OrderIntent intent(
      Symbol symbol, Arm arm, BigDecimal mid, BigDecimal lot, BigDecimal minNotional) {
    boolean sells = nextSells.merge(new Lane(symbol, arm), false, (last, _) -> !last);
    BigDecimal worth =
        minNotional.multiply(BigDecimal.valueOf(random.nextInt(LEAST_MULTIPLE, MOST_MULTIPLE + 1)));
    BigDecimal lots = worth.divide(mid.multiply(lot), 0, RoundingMode.CEILING).max(BigDecimal.ONE);
    return new OrderIntent(
        symbol,
        sells ? Side.SELL : Side.BUY,
        lots.multiply(lot),
        null,
        TimeInForce.IOC,
        ALPHA_ID,
        null);
  }
}
