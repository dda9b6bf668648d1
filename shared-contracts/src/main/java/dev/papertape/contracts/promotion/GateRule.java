package dev.papertape.contracts.promotion;

/**
 * What a policy asks of one gate.
 *
 * @param required in the gate's unit
 * @param minimumSamples below which the value says nothing
 */
public record GateRule(Gate gate, double required, long minimumSamples) {

  /** To go on: what is unknown, or of too few samples, does not pass. */
  public GateResult entry(GateValue value) {
    return result(value, isKnown(value) && holds(value));
  }

  /** To stay: what is unknown, or of too few samples, is no breach. */
  public GateResult holding(GateValue value) {
    return result(value, !isKnown(value) || holds(value));
  }

  private boolean isKnown(GateValue value) {
    return value.value() != null && value.samples() >= minimumSamples;
  }

  private boolean holds(GateValue value) {
    return value.value() != null && gate.bound().holds(value.value(), required);
  }

  private GateResult result(GateValue value, boolean passed) {
    return new GateResult(
        gate, gate.bound(), required, value.value(), value.samples(), minimumSamples, passed);
  }
}
