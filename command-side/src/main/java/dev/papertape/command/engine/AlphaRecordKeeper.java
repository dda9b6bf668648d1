package dev.papertape.command.engine;

import dev.papertape.command.execution.SubAccount;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes every alpha's record once a feed minute: of its part of the account while it may trade, of
 * a shadow book while it may not. A change between the two begins a new record. Owned by the
 * engine's thread.
 */
final class AlphaRecordKeeper {
  private static final int SECONDS_A_MINUTE = 60;

  private final AlphaLedger ledger;
  private final BigDecimal capital;
  private long minute = Long.MIN_VALUE;

  /**
   * @param initialCash of the account; an alpha is measured on a tenth of it
   */
  AlphaRecordKeeper(AlphaLedger ledger, BigDecimal initialCash) {
    this.ledger = ledger;
    this.capital = initialCash.movePointLeft(1);
  }

  /** The alpha's record, begun now if it is not of its kind yet. */
  AlphaRecord of(AlphaSpec spec, Function<Symbol, @Nullable BigDecimal> marks, Instant feedTime) {
    boolean shadow = spec.stage().share() == 0;
    AlphaRecord known = ledger.records().get(spec.alphaId());
    if (known != null && known.isShadow() == shadow) {
      return known;
    }
    SubAccount traded = shadow ? null : traded(spec.alphaId());
    AlphaRecord begun =
        AlphaRecord.begin(
            spec.alphaId(),
            traded,
            traded == null ? BigDecimal.ZERO : traded.pnl(marks),
            capital,
            minuteOf(feedTime),
            feedTime);
    ledger.records().put(spec.alphaId(), begun);
    return begun;
  }

  private SubAccount traded(String alphaId) {
    SubAccount account = ledger.accounts().find(alphaId);
    return account == null ? new SubAccount(alphaId) : account;
  }

  /** Called at every tick; acts at the first of a feed minute. */
  void tick(
      Collection<AlphaSpec> specs,
      Function<Symbol, @Nullable BigDecimal> marks,
      Instant feedTime,
      Consumer<AlphaRecorded> out) {
    long now = minuteOf(feedTime);
    if (now == minute) {
      return;
    }
    minute = now;
    ledger
        .books()
        .forEach(
            entry ->
                entry
                    .getValue()
                    .minute(
                        now,
                        ledger
                            .accounts()
                            .pnlOfAlphas(entry.getKey(), marks.apply(entry.getKey()))));
    for (AlphaSpec spec : specs) {
      if (spec.stage() != AlphaStage.RETIRED) {
        record(spec, marks, feedTime, out);
      }
    }
  }

  private void record(
      AlphaSpec spec,
      Function<Symbol, @Nullable BigDecimal> marks,
      Instant feedTime,
      Consumer<AlphaRecorded> out) {
    AlphaRecord record = of(spec, marks, feedTime);
    if (record.minute() == minute) {
      return;
    }
    SubAccount book = record.isShadow() ? record.book() : traded(spec.alphaId());
    record.minute(minute, book.pnl(marks), capital);
    out.accept(record.recorded(book.state(), capital, feedTime));
  }

  private static long minuteOf(Instant feedTime) {
    return Math.floorDiv(feedTime.getEpochSecond(), SECONDS_A_MINUTE);
  }
}
