package dev.papertape.command.quality;

import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.quality.QuarantineCommand.DiscardQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand.ReleaseQuarantined;
import dev.papertape.contracts.quality.QuarantineStatus;
import dev.papertape.contracts.quality.ReleasedBy;
import java.util.List;

/**
 * A quarantined record's rule: it is released or discarded once.
 *
 * <pre>
 *   OPEN ──release──► RELEASED
 *     └────discard──► DISCARDED
 * </pre>
 */
public final class QuarantineDecider {
  private QuarantineDecider() {}

  /** Decides, or throws {@link WrongQuarantineState} when it was decided already. */
  public static QuarantineEvent decide(
      RecordQuarantined record,
      QuarantineStatus status,
      QuarantineCommand command,
      Reexaminer guards) {
    if (status != QuarantineStatus.OPEN) {
      throw new WrongQuarantineState(status);
    }
    return switch (command) {
      case ReleaseQuarantined release ->
          new QuarantineReleased(
              record.quarantineId(),
              record.venue(),
              record.symbol(),
              record.channel(),
              record.records(),
              ReleasedBy.OPERATOR,
              release.reason(),
              guards.examine(record));
      case DiscardQuarantined discard ->
          new QuarantineDiscarded(
              record.quarantineId(),
              record.venue(),
              record.symbol(),
              record.channel(),
              record.records(),
              DiscardedBy.OPERATOR,
              discard.reason());
    };
  }

  /**
   * The status after an event. The first decision stands: the engine may call a bar good that an
   * operator has discarded in the meantime.
   */
  public static QuarantineStatus after(QuarantineStatus before, QuarantineEvent event) {
    if (before != QuarantineStatus.OPEN) {
      return before;
    }
    return switch (event) {
      case RecordQuarantined _ -> QuarantineStatus.OPEN;
      case QuarantineReleased _ -> QuarantineStatus.RELEASED;
      case QuarantineDiscarded _ -> QuarantineStatus.DISCARDED;
    };
  }

  /** What an operator may ask for: {@code RELEASE}, {@code DISCARD}. */
  public static List<String> allowedActions(QuarantineStatus status) {
    return status == QuarantineStatus.OPEN ? List.of("RELEASE", "DISCARD") : List.of();
  }
}
