package dev.papertape.command.promotion;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Axon's shell around {@link PromotionRules}; one for each alpha, {@code promotion:<alphaId>}. */
@Aggregate(type = "promotion")
class PromotionAggregate {
  @AggregateIdentifier private @Nullable String id;
  private Promotion promotion = Promotion.NONE;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PromotionCommand.EvaluateGates command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PromotionCommand.ApprovePromotion command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PromotionCommand.DemoteAlpha command) {
    decide(command);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PromotionCommand.RetireAlpha command) {
    decide(command);
  }

  private void decide(PromotionCommand command) {
    PromotionRules.decide(promotion, command).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(PromotionEvent event) {
    id = PromotionCommand.PREFIX + event.alphaId();
    promotion = PromotionRules.after(promotion, event);
  }
}
