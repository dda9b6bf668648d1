package dev.papertape.eventstore.projection;

import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;

/**
 * Shows each projection to Axon as the event processor of its name. Axon builds a processor only
 * for a handler, so each gets one that handles nothing: the projection reads the log itself.
 */
final class ProjectionsInAxon implements ConfigurerModule {
  private final Projections projections;

  ProjectionsInAxon(Projections projections) {
    this.projections = projections;
  }

  private record Placeholder(String projection) {}

  @Override
  public void configureModule(Configurer configurer) {
    configurer.eventProcessing(this::register);
  }

  private void register(EventProcessingConfigurer axon) {
    for (BatchProjectionProcessor processor : projections.all()) {
      String name = processor.getName();
      Placeholder placeholder = new Placeholder(name);
      axon.registerEventHandler(configuration -> placeholder);
      axon.assignHandlerInstancesMatching(name, placeholder::equals);
      axon.registerEventProcessor(name, (ignored, configuration, invoker) -> processor);
    }
  }
}
