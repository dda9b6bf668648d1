package dev.papertape.eventstore.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how the embedded PostgreSQL runs. Durability is no option: fsync, synchronous_commit
 * and full_page_writes are always on.
 *
 * @param dataFolder Papertape's data folder; PostgreSQL lives in its {@code postgres} folder
 * @param cacheFolder where the unpacked binaries are kept, shared by all data folders
 * @param sharedBuffersMb PostgreSQL's shared_buffers in MiB, at least 16
 * @param maxConnections PostgreSQL's max_connections, at least 10
 * @param startTimeout how long a start, recovery included, may take
 */
public record EmbeddedPostgresConfig(
    Path dataFolder,
    Path cacheFolder,
    int sharedBuffersMb,
    int maxConnections,
    Duration startTimeout) {

  public EmbeddedPostgresConfig {
    if (sharedBuffersMb < 16 || maxConnections < 10) {
      throw new IllegalArgumentException(
          "sharedBuffersMb must be at least 16 and maxConnections at least 10: %d, %d"
              .formatted(sharedBuffersMb, maxConnections));
    }
    dataFolder = dataFolder.toAbsolutePath().normalize();
    cacheFolder = cacheFolder.toAbsolutePath().normalize();
  }

  /** The settings of a real run: 256 MiB of shared buffers, 200 connections. */
  public static EmbeddedPostgresConfig in(Path dataFolder) {
    // Crash recovery reads up to max_wal_size (2 GB) of log: minutes on a slow disk.
    return new EmbeddedPostgresConfig(
        dataFolder, defaultCacheFolder(), 256, 200, Duration.ofMinutes(5));
  }

  /** {@code $XDG_CACHE_HOME/papertape}, else {@code ~/.cache/papertape}. */
  public static Path defaultCacheFolder() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path cache =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return cache.resolve("papertape");
  }
}
