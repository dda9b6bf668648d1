package dev.papertape.eventstore.web;

import java.time.Duration;

/** How far projections have come; asked by {@code X-Read-After}. */
public interface ProjectionPositions {
  /** The name under which a route says that it reads the log and no projection. */
  String LOG = "log";

  /**
   * Waits until the projection (wherever it runs) has folded {@code position}, or the time is over.
   *
   * @return whether it got there
   */
  boolean awaitPosition(String projection, long position, Duration timeout)
      throws InterruptedException;
}
