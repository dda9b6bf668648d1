package dev.papertape.command.engine;

import dev.papertape.contracts.market.CandleInterval;
import java.time.Duration;

/**
 * How finely an engine looks at feed time.
 *
 * @param tick step of the grid at which it acts, whole milliseconds
 * @param bar length of the candles that features are made of
 */
public record Pace(Duration tick, Duration bar) {
  /** Ten ticks a second, candles of a minute. */
  public static final Pace LIVE = new Pace(FeedTimeline.TICK, CandleInterval.ONE_MINUTE.length());

  /** Of a market in which nothing happens between two candles. */
  public static Pace of(CandleInterval candles) {
    return new Pace(candles.length(), candles.length());
  }
}
