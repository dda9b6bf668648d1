package dev.papertape.command.promotion;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.alpha.AlphaRegistry;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
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
  private final EventLog events;
  private final EventReader reader;
  private final AlphaRegistry registry;

  PromotionReadings(EventLog events, EventReader reader, AlphaRegistry registry) {
    this.events = events;
    this.reader = reader;
    this.registry = registry;
  }

  /** An alpha's stage as the registry has it now; empty for one that never was registered. */
  Optional<AlphaStage> registered(String alphaId) {
    AlphaRoster roster = registry.now();
    return roster.isRegistered(alphaId)
        ? roster.find(alphaId).map(AlphaSpec::stage)
        : Optional.empty();
  }

  /** Ids of the alphas that there are. */
  List<String> known() {
    return registry.now().registeredIds();
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
