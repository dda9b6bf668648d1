package dev.papertape.command.features;

/**
 * Formulas over a window of bars as the engine computes them: plain doubles, one pass, nothing kept
 * between two bars. Where an average begins is ta4j's rule, so that a market that stands still for
 * most of a window gives both the same: a value's average over {@code n} begins with the value at
 * index {@code n}. The result is NaN where there is none.
 */
final class BarFormulas {
  private static final double EWMA_DECAY = 0.94;
  private static final int WILDER = 14;
  private static final int FAST = 12;
  private static final int SLOW = 26;
  private static final int SIGNAL = 9;
  private static final int CHOP = 14;

  /** Bands nearer to each other than this part of their middle are one. */
  static final double FLAT = 1e-9;

  private BarFormulas() {}

  /** A running average that begins with the first value it is told. */
  private static final class Average {
    private final double weight;
    private double value = Double.NaN;

    private Average(double weight) {
      this.weight = weight;
    }

    private double next(double sample) {
      value = Double.isNaN(value) ? sample : value + (sample - value) * weight;
      return value;
    }

    private static Average wilder() {
      return new Average(1.0 / WILDER);
    }

    private static Average exponential(int bars) {
      return new Average(2.0 / (bars + 1));
    }
  }

  static double logReturn(BarWindow bars) {
    return logReturn(bars, bars.size() - 1);
  }

  static double ewmaVolatility(BarWindow bars) {
    Average variance = new Average(1 - EWMA_DECAY);
    for (int i = 1; i < bars.size(); i++) {
      double step = logReturn(bars, i);
      variance.next(step * step);
    }
    return Math.sqrt(variance.value);
  }

  static double rsi(BarWindow bars) {
    Average gain = Average.wilder();
    Average loss = Average.wilder();
    for (int i = WILDER; i < bars.size(); i++) {
      double step = bars.close(i) - bars.close(i - 1);
      gain.next(Math.max(step, 0));
      loss.next(Math.max(-step, 0));
    }
    if (loss.value == 0) {
      return gain.value == 0 ? 0 : 100;
    }
    return 100 - 100 / (1 + gain.value / loss.value);
  }

  static double macd(BarWindow bars) {
    return macdAndSignal(bars)[0];
  }

  static double macdSignal(BarWindow bars) {
    return macdAndSignal(bars)[1];
  }

  static double macdHistogram(BarWindow bars) {
    double[] both = macdAndSignal(bars);
    return both[0] - both[1];
  }

  private static double[] macdAndSignal(BarWindow bars) {
    Average fast = Average.exponential(FAST);
    Average slow = Average.exponential(SLOW);
    Average signal = Average.exponential(SIGNAL);
    double macd = Double.NaN;
    for (int i = FAST; i < bars.size(); i++) {
      fast.next(bars.close(i));
      if (i >= SLOW) {
        macd = fast.value - slow.next(bars.close(i));
        signal.next(macd);
      }
    }
    return new double[] {macd, signal.value};
  }

  static double mean(BarWindow bars) {
    double sum = 0;
    for (int i = 0; i < bars.size(); i++) {
      sum += bars.close(i);
    }
    return sum / bars.size();
  }

  /** Mean plus {@code deviations} population standard deviations of the closes. */
  static double band(BarWindow bars, double deviations) {
    double mean = mean(bars);
    double squares = 0;
    for (int i = 0; i < bars.size(); i++) {
      double off = bars.close(i) - mean;
      squares += off * off;
    }
    return mean + deviations * Math.sqrt(squares / bars.size());
  }

  static double percentB(BarWindow bars) {
    double lower = band(bars, -2);
    return percentB(bars.close(bars.size() - 1), lower, band(bars, 2));
  }

  static double percentB(double close, double lower, double upper) {
    boolean flat = upper - lower <= FLAT * (upper + lower) / 2;
    return flat ? Double.NaN : (close - lower) / (upper - lower);
  }

  static double atr(BarWindow bars) {
    Average range = Average.wilder();
    for (int i = WILDER; i < bars.size(); i++) {
      range.next(trueRange(bars, i));
    }
    return range.value;
  }

  static double adx(BarWindow bars) {
    Average range = Average.wilder();
    Average up = Average.wilder();
    Average down = Average.wilder();
    Average adx = Average.wilder();
    for (int i = WILDER; i < bars.size(); i++) {
      double upMove = bars.high(i) - bars.high(i - 1);
      double downMove = bars.low(i - 1) - bars.low(i);
      range.next(trueRange(bars, i));
      up.next(upMove > downMove && upMove > 0 ? upMove : 0);
      down.next(downMove > upMove && downMove > 0 ? downMove : 0);
      adx.next(directional(range.value, up.value, down.value));
    }
    return adx.value;
  }

  /** DX; the range cancels out of the ratio of the two directional indicators. */
  private static double directional(double range, double up, double down) {
    return range == 0 || up + down == 0 ? 0 : 100 * Math.abs(up - down) / (up + down);
  }

  static double chop(BarWindow bars) {
    double ranges = 0;
    double highest = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = bars.size() - CHOP; i < bars.size(); i++) {
      ranges += trueRange(bars, i);
      highest = Math.max(highest, bars.high(i));
      lowest = Math.min(lowest, bars.low(i));
    }
    return highest == lowest
        ? Double.NaN
        : 100 * Math.log10(ranges / (highest - lowest)) / Math.log10(CHOP);
  }

  private static double logReturn(BarWindow bars, int index) {
    return Math.log(bars.close(index) / bars.close(index - 1));
  }

  private static double trueRange(BarWindow bars, int index) {
    double before = bars.close(index - 1);
    return Math.max(bars.high(index), before) - Math.min(bars.low(index), before);
  }
}
