package dev.papertape.command.market.candlefeed;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The inputs of tapes, merged by time. A bar's close comes a millisecond before its interval is
 * over and its open a millisecond after it began, so that the tick between two bars sees all of the
 * one and nothing of the other: what is decided there fills at the next open.
 */
public final class CandleFeed implements Iterator<CandleInput> {
  private final PriorityQueue<Reader> next =
      new PriorityQueue<>(
          Comparator.comparing(Reader::at).thenComparingInt(reader -> reader.source));

  /** Reads one tape: of each bar the open, then the rest. */
  private static final class Reader {
    private final CandleTape tape;
    private final int source;
    private int bar;
    private boolean opened;
    private long ordinal;

    private Reader(CandleTape tape, int source) {
      this.tape = tape;
      this.source = source;
    }

    private boolean isOver() {
      return bar == tape.bars().size();
    }

    private Instant at() {
      Instant openTime = tape.bars().get(bar).openTime();
      return opened
          ? openTime.plus(tape.interval().length()).minusMillis(1)
          : openTime.plusMillis(1);
    }

    private CandleInput read() {
      Instant at = at();
      Bar now = tape.bars().get(bar);
      if (opened) {
        opened = false;
        bar++;
        return new CandleInput.Closed(tape.venue(), tape.symbol(), at, source, ordinal++, now);
      }
      opened = true;
      BigDecimal volume = bar == 0 ? BigDecimal.ZERO : tape.bars().get(bar - 1).volume();
      return new CandleInput.Opened(
          tape.venue(), tape.symbol(), at, source, ordinal++, now.open(), volume);
    }
  }

  public CandleFeed(List<CandleTape> tapes) {
    for (int source = 0; source < tapes.size(); source++) {
      Reader reader = new Reader(tapes.get(source), source);
      if (!reader.isOver()) {
        next.add(reader);
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !next.isEmpty();
  }

  @Override
  public CandleInput next() {
    Reader reader = next.poll();
    if (reader == null) {
      throw new NoSuchElementException();
    }
    CandleInput input = reader.read();
    if (!reader.isOver()) {
      next.add(reader);
    }
    return input;
  }
}
