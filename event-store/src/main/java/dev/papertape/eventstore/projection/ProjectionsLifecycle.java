package dev.papertape.eventstore.projection;

import org.springframework.context.SmartLifecycle;

/** Starts and stops the projections with the application. */
final class ProjectionsLifecycle implements SmartLifecycle {
  private final Projections projections;
  private volatile boolean running;

  ProjectionsLifecycle(Projections projections) {
    this.projections = projections;
  }

  @Override
  public void start() {
    running = true;
    projections.all().forEach(BatchProjectionProcessor::start);
  }

  /** All at once: each ends the batch it is at. */
  @Override
  public void stop() {
    projections.all().parallelStream().forEach(BatchProjectionProcessor::shutDown);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return ProjectionAutoConfiguration.PHASE;
  }
}
