package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardName;
import java.util.SortedMap;

/** Whether an order may be routed. */
public sealed interface GuardVerdict {
  record Passed() implements GuardVerdict {}

  /**
   * Refused.
   *
   * @param reason the first guard that refused
   * @param detail one sentence with the value and the limit
   * @param inputs every value that the guards look at, as plain text; {@code value}, {@code limit}
   *     and {@code scope} are those of the guard that refused, without a value where it has none
   */
  record Blocked(GuardName reason, String detail, SortedMap<String, String> inputs)
      implements GuardVerdict {}
}
