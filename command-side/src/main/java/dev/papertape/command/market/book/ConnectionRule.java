package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.DepthDiff;

/**
 * Coinbase Advanced Trade: frames are numbered per connection, so {@link ConnectionSequence} has
 * judged before a message reaches its book; what reaches it is in order.
 */
enum ConnectionRule implements IntegrityRule {
  ALL_CHANNELS;

  @Override
  public Verdict judge(Position at, DepthDiff diff) {
    return Verdict.IN_ORDER;
  }
}
