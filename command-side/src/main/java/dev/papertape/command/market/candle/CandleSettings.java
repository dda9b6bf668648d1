package dev.papertape.command.market.candle;

import dev.papertape.command.market.CandleRequests;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How candles are kept.
 *
 * @param requests asks for past candles; null where none can be had, as of recordings
 * @param firstLookBack how far back a stream is fetched of which nothing is stored
 * @param longestLookBack how far back a stream is fetched at most after a pause; older minutes stay
 *     missing
 */
public record CandleSettings(
    CandleJudges judges,
    @Nullable CandleRequests requests,
    Duration firstLookBack,
    Duration longestLookBack) {
  public static final Duration USUAL_LOOK_BACK = Duration.ofHours(12);
  public static final Duration USUAL_LONGEST = Duration.ofDays(7);

  /** Where candles come from the feed alone. */
  public static CandleSettings feedOnly() {
    return new CandleSettings(StreamJudges.INSTANCE, null, USUAL_LOOK_BACK, USUAL_LONGEST);
  }

  /** Where past ones can be asked for. */
  public static CandleSettings fetching(CandleRequests requests, Duration firstLookBack) {
    return new CandleSettings(StreamJudges.INSTANCE, requests, firstLookBack, USUAL_LONGEST);
  }

  public CandleSettings {
    if (firstLookBack.isNegative() || longestLookBack.compareTo(firstLookBack) < 0) {
      throw new IllegalArgumentException(
          "the look-back of candles is from 0 to the longest one, %s, not %s"
              .formatted(longestLookBack, firstLookBack));
    }
  }
}
