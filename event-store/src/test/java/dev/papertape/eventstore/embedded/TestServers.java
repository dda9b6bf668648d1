package dev.papertape.eventstore.embedded;

import java.nio.file.Path;
import java.time.Duration;

/** Configurations that start fast on a shared machine. */
final class TestServers {

  private TestServers() {}

  static EmbeddedPostgresConfig small(Path folder) {
    return new EmbeddedPostgresConfig(
        folder, EmbeddedPostgresConfig.defaultCacheFolder(), 16, 20, Duration.ofMinutes(1));
  }
}
