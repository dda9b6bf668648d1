package dev.papertape.command.promotion;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Alphas' stages as the log has them. */
@Component
final class PromotionReadings {
  private static final String ALPHA = "alpha:";

  private final EventLog events;
  private final EventReader reader;

  PromotionReadings(EventLog events, EventReader reader) {
    this.events = events;
    this.reader = reader;
  }

  /** The stage in which an alpha was registered; empty for one that never was. */
  Optional<AlphaStage> registered(String alphaId) {
    return events.stream(ALPHA + alphaId, 0).stream()
        .map(reader)
        .filter(AlphaRegistered.class::isInstance)
        .map(event -> ((AlphaRegistered) event).stage())
        .findFirst();
  }

  /** Ids of the alphas that there are. */
  List<String> known() {
    return List.of();
  }

  /** As it stood right after the event at {@code position}. */
  Promotion at(String alphaId, long position) {
    Promotion promotion = Promotion.NONE;
    for (LoggedEvent logged : events.stream(PromotionCommand.PREFIX + alphaId, 0)) {
      if (logged.position() <= position) {
        promotion = PromotionRules.after(promotion, (PromotionEvent) reader.apply(logged));
      }
    }
    return promotion;
  }
}
