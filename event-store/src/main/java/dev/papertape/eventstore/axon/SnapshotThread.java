package dev.papertape.eventstore.axon;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that makes snapshots, so that no command waits for one. A snapshot that finds no room
 * is left out: it only saves reading, and the next one due replaces it.
 */
public final class SnapshotThread implements Executor, AutoCloseable {
  private static final int WAITING = 1_000;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("snapshots").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  @Override
  public void execute(Runnable snapshot) {
    thread.execute(snapshot);
  }

  /** Drops what waits and ends after the snapshot that is being made. */
  @Override
  public void close() {
    thread.getQueue().clear();
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
