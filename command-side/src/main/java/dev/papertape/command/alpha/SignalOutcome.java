package dev.papertape.command.alpha;

import dev.papertape.command.engine.FactReceipt;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;

/** What came of a signal from outside. */
public sealed interface SignalOutcome {
  /** It holds from now on; the receipt tells when it is in the log. */
  record Taken(SignalReceived signal, FactReceipt receipt) implements SignalOutcome {}

  /** Another one was faster, or time went on. */
  record Refused(SignalRules.WrongTime wrong) implements SignalOutcome {}
}
