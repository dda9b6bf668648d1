package dev.papertape.eventstore.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One throw-away PostgreSQL for this JVM, as durable as a real one: for tests and benchmarks. It is
 * started at the first call and gone with the JVM.
 */
public final class TemporaryPostgres {

  private static final Path ROOT =
      Path.of(System.getProperty("java.io.tmpdir"), "papertape-postgres");

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private TemporaryPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** An empty database that nobody else in this JVM uses. */
  public static PostgresDatabase freshDatabase() {
    TemporaryPostgres shared = Shared.INSTANCE;
    return shared.server.createDatabase("fresh_" + shared.databases.incrementAndGet());
  }

  /** The server itself, for a test that kills or restarts it. */
  public static EmbeddedPostgres server() {
    return Shared.INSTANCE.server;
  }

  private static final class Shared {
    private static final TemporaryPostgres INSTANCE = start();
  }

  private static TemporaryPostgres start() {
    try {
      Files.createDirectories(ROOT);
      deleteLeftovers();
      Path folder = Files.createTempDirectory(ROOT, "jvm-");
      EmbeddedPostgres server =
          EmbeddedPostgres.start(
              new EmbeddedPostgresConfig(
                  folder,
                  EmbeddedPostgresConfig.defaultCacheFolder(),
                  128,
                  200,
                  Duration.ofMinutes(1)));
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("temporary-postgres-stop")
                  .unstarted(() -> stop(server, folder)));
      return new TemporaryPostgres(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres server, Path folder) {
    server.close();
    try {
      Folders.deleteTree(folder);
    } catch (IOException e) {
      // The next JVM deletes it.
    }
  }

  /** What a killed JVM left: its server runs on, its lock is free. */
  private static void deleteLeftovers() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      for (Path folder : folders.filter(TemporaryPostgres::isOld).toList()) {
        try (DataFolder data = DataFolder.lock(folder)) {
          Postmaster.runningIn(data.cluster()).ifPresent(Postmaster::stop);
          Folders.deleteTree(folder);
        } catch (EmbeddedPostgresException e) {
          // In use by another JVM.
        }
      }
    }
  }

  /** A young folder may be one whose owner is about to lock it. */
  private static boolean isOld(Path folder) {
    Instant aMinuteAgo = Instant.now().minus(1, ChronoUnit.MINUTES);
    try {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(aMinuteAgo);
    } catch (IOException e) {
      return false; // gone
    }
  }
}
