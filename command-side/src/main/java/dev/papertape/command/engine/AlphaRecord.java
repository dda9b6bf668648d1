package dev.papertape.command.engine;

import dev.papertape.command.execution.SubAccount;
import dev.papertape.command.router.Decimals;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.execution.AlphaRecordState;
import dev.papertape.contracts.execution.SubAccountState;
import dev.papertape.contracts.execution.SubAccountState.SubPosition;
import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One alpha's record since it began to trade, or to be watched: minute returns on a fixed capital,
 * drawdown, costs. Owned by the engine's thread.
 */
final class AlphaRecord {
  /** Returns in the newer half of what counts as recent. */
  private static final int RECENT = 240;

  private static final double BPS = 1e4;

  private final String alphaId;
  private final boolean shadow;
  private final Instant since;
  private final SubAccount book;
  private final SubAccountState basis;
  private final BigDecimal basisPnl;
  private long minute;
  private BigDecimal equity;
  private BigDecimal peak;
  private double maxDrawdown;
  private ReturnMoments moments = ReturnMoments.NONE;
  private ReturnMoments recent = ReturnMoments.NONE;
  private ReturnMoments older = ReturnMoments.NONE;

  private AlphaRecord(AlphaRecordState state) {
    alphaId = state.alphaId();
    shadow = state.shadow();
    since = state.since();
    book = SubAccount.of(state.book());
    basis = state.basis();
    basisPnl = state.basisPnl();
    minute = state.minute();
    equity = state.equity();
    peak = state.peak();
    maxDrawdown = state.maxDrawdown();
    moments = state.moments();
    recent = state.recent();
    older = state.older();
  }

  static AlphaRecord of(AlphaRecordState state) {
    return new AlphaRecord(state);
  }

  /**
   * A record that begins now.
   *
   * @param traded the alpha's part of the account; null for a shadow book
   * @param pnl what that part has made so far, quote units
   * @param capital that returns are measured on, quote units
   */
  static AlphaRecord begin(
      String alphaId,
      @Nullable SubAccount traded,
      BigDecimal pnl,
      BigDecimal capital,
      long minute,
      Instant feedTime) {
    SubAccountState none = new SubAccount(alphaId).state();
    return new AlphaRecord(
        new AlphaRecordState(
            alphaId,
            traded == null,
            feedTime,
            none,
            traded == null ? none : traded.state(),
            pnl,
            minute,
            capital,
            capital,
            0,
            ReturnMoments.NONE,
            ReturnMoments.NONE,
            ReturnMoments.NONE));
  }

  AlphaRecordState state() {
    return new AlphaRecordState(
        alphaId,
        shadow,
        since,
        book.state(),
        basis,
        basisPnl,
        minute,
        equity,
        peak,
        maxDrawdown,
        moments,
        recent,
        older);
  }

  boolean isShadow() {
    return shadow;
  }

  long minute() {
    return minute;
  }

  /** The shadow book, which trades at modelled costs; empty and unused of an alpha that trades. */
  SubAccount book() {
    return book;
  }

  /** Up to the newest eight hours of minute returns. */
  ReturnMoments recent() {
    return older.plus(recent);
  }

  /**
   * A feed minute is over.
   *
   * @param made by the book in all, quote units
   * @param capital as at the beginning
   */
  void minute(long newMinute, BigDecimal made, BigDecimal capital) {
    BigDecimal now = Decimals.tidy(capital.add(made).subtract(basisPnl));
    double before = equity.doubleValue();
    if (before > 0) {
      add(now.doubleValue() / before - 1);
    }
    minute = newMinute;
    equity = now;
    peak = peak.max(now);
    if (peak.signum() > 0) {
      maxDrawdown = Math.min(maxDrawdown, now.doubleValue() / peak.doubleValue() - 1);
    }
  }

  private void add(double value) {
    moments = moments.plus(value);
    recent = recent.plus(value);
    if (recent.samples() >= RECENT) {
      older = recent;
      recent = ReturnMoments.NONE;
    }
  }

  /**
   * As events hold it.
   *
   * @param now the book's state: the shadow's, or the alpha's part of the account
   */
  AlphaRecorded recorded(SubAccountState now, BigDecimal capital, Instant feedTime) {
    BigDecimal decided = now.decided().subtract(basis.decided());
    return new AlphaRecorded(
        alphaId,
        shadow,
        Decimals.tidy(equity.subtract(capital)),
        Decimals.tidy(fees(now).subtract(fees(basis))),
        Decimals.tidy(now.turnover().subtract(basis.turnover())),
        now.trades() - basis.trades(),
        now.wins() - basis.wins(),
        equity,
        moments.samples(),
        moments.mean(),
        moments.squares(),
        moments.cubes(),
        moments.fourths(),
        maxDrawdown,
        bps(now.slipped().subtract(basis.slipped()), decided),
        bps(now.modelled().subtract(basis.modelled()), decided),
        since,
        feedTime);
  }

  private static @Nullable Double bps(BigDecimal cost, BigDecimal notional) {
    return notional.signum() == 0 ? null : cost.doubleValue() / notional.doubleValue() * BPS;
  }

  private static BigDecimal fees(SubAccountState state) {
    Function<SubPosition, BigDecimal> fees = SubPosition::fees;
    return state.positions().stream().map(fees).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
