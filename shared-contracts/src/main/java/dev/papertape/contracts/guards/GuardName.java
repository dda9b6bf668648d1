package dev.papertape.contracts.guards;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The guards, in the order in which an order meets them: the first that refuses is the reason that
 * {@code OrderBlocked} and {@code exec_blocked_total} name.
 */
public enum GuardName {
  HALTED(Scope.ACCOUNT, Unit.NONE, LimitBy.NOBODY),
  /** Trading is being reduced, and the order would not bring the position closer to zero. */
  REDUCING(Scope.ACCOUNT, Unit.NONE, LimitBy.NOBODY),
  /** Equity is too far below its peak of the look-back: as REDUCING, for as long as it stands. */
  MAX_DRAWDOWN(Scope.ACCOUNT, Unit.FRACTION, LimitBy.OPERATOR),
  /** Too many rounds in a row were closed with a loss: as REDUCING, for as long as it stands. */
  LOSS_STREAK(Scope.ACCOUNT, Unit.COUNT, LimitBy.OPERATOR),
  /** The value is the number of books in order. */
  NO_SYNCED_BOOK(Scope.SYMBOL, Unit.COUNT, LimitBy.NOBODY),
  /** The value is the age of the newest message; the limit is the release's. */
  STALE_DATA(Scope.SYMBOL, Unit.MS, LimitBy.RELEASE),
  /**
   * Of the books in order, each is doubted by the guards over market data; or a feature that led to
   * the order is made of a stream that is neither OK nor FLAGGED.
   */
  SUSPECT_DATA(Scope.SYMBOL, Unit.COUNT, LimitBy.NOBODY),
  /**
   * Every venue that could take the order tells a time that is not its usual distance from ours.
   */
  CLOCK_SKEW(Scope.VENUE, Unit.MS, LimitBy.OPERATOR),
  /**
   * Every venue that lists the symbol is closed: its budget is exhausted, or its breaker open. The
   * value is the number of venues that are open.
   */
  BUDGET_EXHAUSTED(Scope.SYMBOL, Unit.COUNT, LimitBy.NOBODY),
  /** Less than the smallest lot of any venue. */
  MIN_QUANTITY(Scope.ORDER, Unit.BASE, LimitBy.VENUES),
  LOT_STEP(Scope.ORDER, Unit.BASE, LimitBy.VENUES),
  MIN_NOTIONAL(Scope.ORDER, Unit.QUOTE, LimitBy.VENUES),
  MAX_NOTIONAL(Scope.ORDER, Unit.QUOTE, LimitBy.OPERATOR),
  MAX_EXPOSURE(Scope.ACCOUNT, Unit.QUOTE, LimitBy.OPERATOR),
  ORDER_RATE(Scope.ACCOUNT, Unit.COUNT, LimitBy.OPERATOR);

  /** What a guard looks at. */
  public enum Scope {
    ACCOUNT,
    SYMBOL,
    VENUE,
    ORDER;

    /** As events name it: {@code ACCOUNT}, {@code SYMBOL:BTC-USDT}. */
    public String of(Object subject) {
      return name() + ":" + subject;
    }
  }

  /** What value and limit are counted in. */
  public enum Unit {
    NONE,
    /** Quote units. */
    QUOTE,
    /** Base units. */
    BASE,
    /** Between 0 and 1. */
    FRACTION,
    COUNT,
    /** Milliseconds. */
    MS
  }

  /** Who sets the limit; where it is {@link #OPERATOR}, a default holds until he does. */
  public enum LimitBy {
    NOBODY,
    OPERATOR,
    RELEASE,
    VENUES
  }

  private static final BigDecimal MOST_NOTIONAL = new BigDecimal("1000000000");
  private static final BigDecimal MOST_COUNT = new BigDecimal("1000000");
  private static final BigDecimal MOST_MS = new BigDecimal("3600000");

  private final Scope scope;
  private final Unit unit;
  private final LimitBy limitBy;

  GuardName(Scope scope, Unit unit, LimitBy limitBy) {
    this.scope = scope;
    this.unit = unit;
    this.limitBy = limitBy;
  }

  public Scope scope() {
    return scope;
  }

  public Unit unit() {
    return unit;
  }

  public LimitBy limitBy() {
    return limitBy;
  }

  /** Whether only orders that bring a position closer to zero pass while it stands. */
  public boolean reducesTrading() {
    return this == MAX_DRAWDOWN || this == LOSS_STREAK;
  }

  /** Those with a state that lasts from one order to the next. */
  public static List<GuardName> standing() {
    return List.of(
        MAX_DRAWDOWN,
        LOSS_STREAK,
        NO_SYNCED_BOOK,
        STALE_DATA,
        SUSPECT_DATA,
        CLOCK_SKEW,
        BUDGET_EXHAUSTED,
        ORDER_RATE);
  }

  /** Those whose limit an operator may set. */
  public static List<GuardName> withLimit() {
    return Stream.of(values()).filter(guard -> guard.limitBy == LimitBy.OPERATOR).toList();
  }

  /** Why this may not be the limit, in a few words; empty when it may. */
  public Optional<String> refusalOf(BigDecimal limit) {
    return switch (unit) {
      case NONE, BASE -> Optional.of("has no limit to set");
      case QUOTE -> within(limit, MOST_NOTIONAL);
      case FRACTION -> within(limit, BigDecimal.ONE);
      case COUNT -> isWhole(limit) ? within(limit, MOST_COUNT) : Optional.of("must be whole");
      case MS -> isWhole(limit) ? within(limit, MOST_MS) : Optional.of("must be whole");
    };
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static Optional<String> within(BigDecimal limit, BigDecimal most) {
    return limit.signum() > 0 && limit.compareTo(most) <= 0
        ? Optional.empty()
        : Optional.of("must be above 0 and at most " + most.toPlainString());
  }
}
