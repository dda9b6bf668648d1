package dev.papertape.command.features;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.features.FeatureEvent;
import dev.papertape.contracts.features.FeatureEvent.FeaturePut;
import dev.papertape.contracts.features.PutFeature;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One value from outside with its revisions; any may be revised at any time. */
@Aggregate(type = "feature")
class ExternalFeatureAggregate {
  @AggregateIdentifier private @Nullable String id;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PutFeature put) {
    apply(
        new FeaturePut(put.aggregateId(), put.symbol(), put.name(), put.eventTime(), put.value()));
  }

  @EventSourcingHandler
  void on(FeatureEvent event) {
    if (event instanceof FeaturePut put) {
      id = put.featureId();
    }
  }
}
