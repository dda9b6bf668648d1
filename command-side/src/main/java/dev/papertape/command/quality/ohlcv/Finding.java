package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.quality.QualityReason;

/**
 * What a rule says against a bar.
 *
 * @param detail the figures that led to it
 */
record Finding(QualityReason reason, String detail) {}
