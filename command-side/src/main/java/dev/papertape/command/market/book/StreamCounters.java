package dev.papertape.command.market.book;

import dev.papertape.command.market.candle.CandleCounts;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the messages of one stream: each is received once and ends as exactly one other count. */
final class StreamCounters implements CandleCounts {
  private long received;
  private long accepted;
  private long rejected;
  private long malformed;
  private long quarantined;
  private long gaps;
  private long resyncs;
  private @Nullable Instant lastAt;

  @Override
  public void received(Instant at) {
    received++;
    lastAt = at;
  }

  @Override
  public void accepted() {
    accepted++;
  }

  @Override
  public void rejected(long messages) {
    rejected += messages;
  }

  @Override
  public void malformed(Instant at) {
    received(at);
    malformed++;
  }

  @Override
  public void gap() {
    gaps++;
  }

  @Override
  public void quarantined() {
    quarantined++;
  }

  void resync() {
    resyncs++;
  }

  long received() {
    return received;
  }

  StreamReport report(Venue venue, Symbol symbol, Channel channel) {
    return new StreamReport(
        venue, symbol, channel, received, accepted, rejected, malformed, gaps, resyncs, lastAt);
  }
}
