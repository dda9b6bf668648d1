package dev.papertape.contracts.execution;

import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Where an alpha's record stands, so that a restart continues it.
 *
 * @param shadow whether it is the shadow book's
 * @param book the shadow book's state; of an alpha that trades, empty
 * @param basis what the book had made when the record began: the record counts from there
 * @param basisPnl quote units, with the basis
 * @param minute feed minute of the newest return, minutes since the epoch
 * @param equity at that minute, quote units
 * @param peak of the equity, quote units
 * @param maxDrawdown &le; 0, as a fraction of the peak
 * @param moments of all minute returns
 * @param recent of the newest up to four hours of returns, {@code older} of the four before
 */
public record AlphaRecordState(
    String alphaId,
    boolean shadow,
    Instant since,
    SubAccountState book,
    SubAccountState basis,
    BigDecimal basisPnl,
    long minute,
    BigDecimal equity,
    BigDecimal peak,
    double maxDrawdown,
    ReturnMoments moments,
    ReturnMoments recent,
    ReturnMoments older) {}
