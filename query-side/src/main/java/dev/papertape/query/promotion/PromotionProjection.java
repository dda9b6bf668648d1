package dev.papertape.query.promotion;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.PromotionRequested;
import dev.papertape.contracts.promotion.PromotionEvent.StageChanged;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * An index into the log: where each alpha was registered, moved, measured and asked for approval.
 * The events themselves stay in the log, so the status can be read as of any position.
 */
@Component
final class PromotionProjection implements Projection {
  static final String NAME = "promotion";

  /** What a step is; text of the column {@code kind}. */
  enum Kind {
    REGISTERED,
    STAGE,
    GATES,
    REQUESTED
  }

  private static final Table STEP =
      new Table(
          "promotion_step",
          List.of(
              new Column("kind", "text"),
              new Column("alpha_id", "text"),
              new Column("position", "bigint")),
          List.of());

  private final EventJson json;

  PromotionProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(STEP);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(PromotionEvent.class, AlphaRegistered.class));
  }

  @Override
  public Fold open(Connection connection) {
    return this::fold;
  }

  private void fold(LoggedEvent logged, Changes changes) {
    DomainEvent event = json.event(logged);
    if (event instanceof AlphaRegistered registered) {
      step(Kind.REGISTERED, registered.alphaId(), logged, changes);
      return;
    }
    PromotionEvent promotion = (PromotionEvent) event;
    Kind kind =
        switch (promotion) {
          case StageChanged _ -> Kind.STAGE;
          case GateEvaluated _ -> Kind.GATES;
          case PromotionRequested _ -> Kind.REQUESTED;
        };
    step(kind, promotion.alphaId(), logged, changes);
  }

  private static void step(Kind kind, String alphaId, LoggedEvent logged, Changes changes) {
    changes.upsert(STEP, List.of(kind.name(), alphaId, logged.position()), List.of());
  }
}
