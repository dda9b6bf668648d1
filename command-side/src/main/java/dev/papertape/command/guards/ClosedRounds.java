package dev.papertape.command.guards;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.execution.OrderIntent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many rounds in a row alphas have closed with a loss, fees counted. A round belongs to whoever
 * sent the order that closed it; those of people and of a rollout's demo pace say nothing of a
 * strategy and are passed over. Owned by the engine's thread.
 */
final class ClosedRounds {
  /** Alpha id of the demo pace's orders. */
  private static final String DEMO = "_demo";

  private long losses;
  private @Nullable Instant newestLoss;
  private @Nullable String closedBy;

  ClosedRounds(long losses, @Nullable Instant newestLoss) {
    this.losses = losses;
    this.newestLoss = newestLoss;
  }

  void happened(ExecutionEvent event) {
    if (event instanceof OrderFilled fill) {
      filledBy(fill.alphaId());
    } else if (event instanceof PositionClosed round) {
      closed(round);
    }
  }

  /** A round is closed by the fill just before it. */
  void filledBy(String alphaId) {
    closedBy = alphaId;
  }

  void closed(PositionClosed round) {
    if (isOfAlphas()) {
      boolean lost = round.realizedPnl().subtract(round.fees()).signum() < 0;
      losses = lost ? losses + 1 : 0;
      newestLoss = lost ? round.feedTime() : null;
    }
  }

  private boolean isOfAlphas() {
    return closedBy != null && !closedBy.equals(OrderIntent.MANUAL) && !closedBy.equals(DEMO);
  }

  long losses() {
    return losses;
  }

  /** Feed time of the streak's newest loss, null without one. */
  @Nullable Instant newestLoss() {
    return newestLoss;
  }

  void forget() {
    losses = 0;
    newestLoss = null;
  }
}
