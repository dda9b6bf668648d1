package dev.papertape.command.quality;

import dev.papertape.contracts.quality.QualityReason;
import java.util.Map;

/**
 * What a guard has against a record; a record that passes has none, so that passing costs nothing.
 *
 * @param detail one sentence with the figures
 * @param evidence what the guard looked at besides the record, as plain text
 */
public record Finding(
    Outcome outcome, QualityReason reason, String detail, Map<String, String> evidence) {

  static Finding of(Outcome outcome, QualityReason reason, String detail) {
    return new Finding(outcome, reason, detail, Map.of());
  }
}
