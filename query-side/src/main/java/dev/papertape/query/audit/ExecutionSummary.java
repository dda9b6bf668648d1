package dev.papertape.query.audit;

import static dev.papertape.query.audit.EventSummary.at;
import static dev.papertape.query.audit.EventSummary.decimals;
import static dev.papertape.query.audit.EventSummary.plain;

import dev.papertape.contracts.execution.ExecutionEvent;

/** What happened to an order or to the paper account, in a sentence. */
final class ExecutionSummary {
  private ExecutionSummary() {}

  static String of(ExecutionEvent event) {
    return switch (event) {
      case ExecutionEvent.OrderAccepted accepted -> {
        var intent = accepted.intent();
        yield "Accepted %s %s %s %s, %s, from %s"
            .formatted(
                intent.side(),
                plain(intent.quantity()),
                intent.symbol(),
                at(intent.limitPrice()),
                intent.timeInForce(),
                accepted.source());
      }
      case ExecutionEvent.OrderBlocked blocked ->
          "Blocked %s %s %s by %s: %s"
              .formatted(
                  blocked.intent().side(),
                  plain(blocked.intent().quantity()),
                  blocked.intent().symbol(),
                  blocked.reason(),
                  blocked.detail());
      case ExecutionEvent.OrderFilled filled ->
          "Filled %s %s %s at %s on %s, fee %s, %s left"
              .formatted(
                  filled.side(),
                  plain(filled.quantity()),
                  filled.symbol(),
                  plain(filled.price()),
                  filled.venue(),
                  plain(filled.fee()),
                  plain(filled.remaining()));
      case ExecutionEvent.OrderExpired expired ->
          "Expired %s unfilled%s (%s): %s"
              .formatted(
                  plain(expired.unfilled()),
                  expired.venue() == null ? "" : " on " + expired.venue(),
                  expired.reason(),
                  expired.detail());
      case ExecutionEvent.OrderCancelled cancelled ->
          "Cancelled with %s unfilled: %s"
              .formatted(plain(cancelled.unfilled()), cancelled.reason());
      case ExecutionEvent.PositionClosed closed ->
          "Closed the position in %s: realised %s, fees %s"
              .formatted(closed.symbol(), plain(closed.realizedPnl()), plain(closed.fees()));
      case ExecutionEvent.PortfolioMarked marked ->
          "Marked the account: equity %s, unrealised %s %s"
              .formatted(plain(marked.equity()), plain(marked.unrealizedPnl()), marked.currency());
      case ExecutionEvent.PortfolioReset reset ->
          "Opened a paper account with %s %s: %s"
              .formatted(plain(reset.initialCash()), reset.currency(), reset.reason());
      case ExecutionEvent.AlphasCrossed crossed ->
          "Crossed %s between %d alphas at %s"
              .formatted(crossed.symbol(), crossed.transfers().size(), plain(crossed.mid()));
      case ExecutionEvent.FillMarkedOut after ->
          "Mid of %s %d s after fill %s: %s"
              .formatted(
                  after.symbol(),
                  after.seconds(),
                  after.fillId(),
                  after.mid() == null ? "unknown" : plain(after.mid()));
      case ExecutionEvent.OrderReviewed review ->
          "Reviewed order %s: %s of %s filled, regret %s bps"
              .formatted(
                  review.orderId(),
                  plain(review.filled()),
                  plain(review.quantity()),
                  review.regretBps() == null ? "unknown" : decimals(review.regretBps()));
      case ExecutionEvent.EngineCheckpointed checkpoint ->
          "Checkpointed the engine after frame " + checkpoint.frame();
    };
  }
}
