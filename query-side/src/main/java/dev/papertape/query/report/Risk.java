package dev.papertape.query.report;

import dev.papertape.contracts.report.ImplementationShortfall;
import dev.papertape.contracts.report.Returns;
import dev.papertape.query.report.EquitySamples.EquityPoint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * At which risk the account earned what it did; all returns are simple, per sample of equity.
 *
 * @param sampleSeconds between two samples of equity
 * @param equity for a chart, thinned to 360 points
 */
record Risk(
    WindowView window,
    String currency,
    long sampleSeconds,
    Annualised realizedVol,
    Tail cvar,
    Tail var,
    Drawdown maxDrawdown,
    Annualised sharpe,
    Turnover turnover,
    Slippage slippage,
    List<EquityPoint> equity) {
  private static final double TAIL = 0.05;

  /**
   * @param value null below two samples, and for Sharpe without deviation
   * @param annualization periods a year of 365 days
   * @param samples returns
   */
  record Annualised(@Nullable Double value, double annualization, String method, long samples) {}

  /**
   * @param level the tail
   * @param value a return, negative when a loss; null without a sample
   * @param samples returns
   */
  record Tail(double level, @Nullable Double value, String method, long samples) {}

  /**
   * @param value at most 0, as a fraction; null without a sample
   * @param samples returns
   */
  record Drawdown(@Nullable Double value, String method, long samples) {}

  /**
   * @param value notional over averageEquity; null without a sample
   * @param notional Σ |fill notional|, bought and sold
   * @param averageEquity mean of the samples; null without one
   * @param samples of equity
   */
  record Turnover(
      @Nullable Double value,
      BigDecimal notional,
      @Nullable BigDecimal averageEquity,
      String method,
      long samples) {}

  /**
   * @param samples fills with a mid at their decision
   */
  record Slippage(
      @Nullable Double meanBps,
      @Nullable Double p50Bps,
      @Nullable Double p95Bps,
      long samples,
      Shortfall implementationShortfall) {}

  /**
   * Quote units, positive when it cost; null without a sample.
   *
   * @param samples orders that were reviewed
   */
  record Shortfall(
      @Nullable BigDecimal delay,
      @Nullable BigDecimal trading,
      @Nullable BigDecimal opportunity,
      @Nullable BigDecimal fees,
      @Nullable BigDecimal total,
      long samples) {}

  static Risk of(
      ReportWindow window, ReportReading reading, EquitySamples samples, CostReadings.Costs costs) {
    Returns returns = Returns.ofEquity(samples.equity());
    double year = samples.periodsPerYear();
    int count = returns.samples();
    String every = "simple returns of equity every " + samples.stepSeconds() + " s; ";
    return new Risk(
        WindowView.of(window, reading.span()),
        reading.end().currency(),
        samples.stepSeconds(),
        new Annualised(
            returns.volatility(year), year, every + "std(ddof = 1) * sqrt(annualization)", count),
        new Tail(
            TAIL,
            returns.conditionalValueAtRisk(TAIL),
            every + "historical: mean of the int((n - 1) * level) + 1 lowest",
            count),
        new Tail(
            TAIL,
            returns.valueAtRisk(TAIL),
            every + "historical: linear-interpolation percentile",
            count),
        new Drawdown(
            returns.maxDrawdown(), every + "compounded, the start counted as a peak", count),
        new Annualised(
            returns.sharpe(year),
            year,
            every + "mean / std(ddof = 1) * sqrt(annualization), no risk-free rate",
            count),
        turnover(reading, samples),
        slippage(costs),
        samples.drawn());
  }

  private static Turnover turnover(ReportReading reading, EquitySamples samples) {
    BigDecimal notional = reading.figures().total().turnover();
    OptionalDouble average = samples.average();
    boolean isKnown = average.isPresent() && average.getAsDouble() > 0;
    return new Turnover(
        isKnown ? (Double) (notional.doubleValue() / average.getAsDouble()) : null,
        Cents.of(notional),
        average.isPresent() ? Cents.of(BigDecimal.valueOf(average.getAsDouble())) : null,
        "two-sided: sum of |fill notional| / average equity",
        samples.samples().size());
  }

  private static Slippage slippage(CostReadings.Costs costs) {
    ImplementationShortfall shortfall = costs.shortfall();
    boolean isKnown = costs.orders() > 0;
    SortedMap<String, BigDecimal> parts =
        Cents.of(
            Map.of(
                "delay", shortfall.delay(),
                "trading", shortfall.trading(),
                "opportunity", shortfall.opportunity(),
                "fees", shortfall.fees()));
    return new Slippage(
        costs.meanBps(),
        costs.p50Bps(),
        costs.p95Bps(),
        costs.samples(),
        isKnown
            ? new Shortfall(
                parts.get("delay"),
                parts.get("trading"),
                parts.get("opportunity"),
                parts.get("fees"),
                Cents.sum(parts.values()),
                costs.orders())
            : new Shortfall(null, null, null, null, null, 0));
  }
}
