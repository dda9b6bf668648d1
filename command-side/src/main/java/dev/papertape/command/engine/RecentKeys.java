package dev.papertape.command.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of the commands of this life, by the idempotency key that they came with; the oldest
 * are forgotten. A retry may come before the first try is durable, and a second claim of its key
 * would end the engine's life.
 */
final class RecentKeys<T> extends LinkedHashMap<String, T> {
  private static final long serialVersionUID = 1L;
  private static final int REMEMBERED = 4_096;

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
    return size() > REMEMBERED;
  }
}
