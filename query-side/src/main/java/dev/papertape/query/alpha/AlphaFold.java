package dev.papertape.query.alpha;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.RegistryEvent;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.promotion.PromotionEvent.StageChanged;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.query.EventJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds the registry by the same rule as the engine: {@link AlphaRoster}. */
final class AlphaFold implements Projection.Fold {
  private final EventJson json;
  private final Map<String, Instant> registeredAt;
  private AlphaRoster roster;

  /**
   * @param registeredAt by alpha id
   */
  AlphaFold(EventJson json, AlphaRoster roster, Map<String, Instant> registeredAt) {
    this.json = json;
    this.roster = roster;
    this.registeredAt = new HashMap<>(registeredAt);
  }

  @Override
  public void apply(LoggedEvent logged, Changes changes) {
    DomainEvent event = json.event(logged);
    String id =
        switch (event) {
          case RegistryEvent step -> step.alphaId();
          case StageChanged stage -> stage.alphaId();
          default -> throw new IllegalArgumentException("no event of an alpha: " + event);
        };
    roster = roster.after(event);
    if (event instanceof AlphaRegistered) {
      registeredAt.put(id, logged.recordedAt());
    }
    changes.upsert(
        AlphaProjection.REGISTRY, List.of(id), Arrays.asList(roster.benched(id), column(id)));
  }

  private @Nullable Object column(String id) {
    Instant at = registeredAt.get(id);
    return at == null
        ? null
        : roster.find(id).map(spec -> json.column(AlphaEntry.of(spec, at))).orElse(null);
  }
}
