package dev.papertape.command.features;

import java.util.List;

/** The newest bars of an unbroken run, oldest at 0: all that an online formula may look at. */
public final class BarWindow {
  private final List<BarPoint> bars;
  private final int first;
  private final int size;

  /**
   * A view, no copy.
   *
   * @param first index of the oldest bar
   */
  BarWindow(List<BarPoint> bars, int first, int size) {
    this.bars = bars;
    this.first = first;
    this.size = size;
  }

  public int size() {
    return size;
  }

  public double high(int index) {
    return bars.get(first + index).high();
  }

  public double low(int index) {
    return bars.get(first + index).low();
  }

  public double close(int index) {
    return bars.get(first + index).close();
  }

  /** The newest {@code size} of these bars. */
  BarWindow newest(int size) {
    return new BarWindow(bars, first + this.size - size, size);
  }
}
