package dev.papertape.standalone.serve;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The database of this run while it opens: PostgreSQL starts beside Spring, which first needs it
 * when it makes the data source.
 */
final class DatabaseOpening implements AutoCloseable {

  private final FutureTask<Database> opening;

  private DatabaseOpening(ServeOptions options) {
    this.opening = new FutureTask<>(() -> Database.open(options));
  }

  static DatabaseOpening begin(ServeOptions options) {
    DatabaseOpening begun = new DatabaseOpening(options);
    Thread.ofPlatform().daemon().name("database-opening").start(begun.opening);
    return begun;
  }

  /**
   * Waits until it is open.
   *
   * @throws RuntimeException whatever kept it from opening
   */
  Database await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return opening.get();
        } catch (InterruptedException e) {
          interrupted = true; // whoever opened it must also learn how to close it
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What kept it from opening; null if it is open or still opens. */
  @Nullable RuntimeException failure() {
    if (!opening.isDone()) {
      return null;
    }
    try {
      await();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Where the database is, as properties whose values wait until it is open. */
  EnumerablePropertySource<DatabaseOpening> properties() {
    return new EnumerablePropertySource<>("database", this) {
      @Override
      public String[] getPropertyNames() {
        return Database.PROPERTIES.toArray(String[]::new);
      }

      @Override
      public @Nullable Object getProperty(String name) {
        return Database.PROPERTIES.contains(name) ? await().asProperties().get(name) : null;
      }
    };
  }

  /** Closes what was opened, as often as one likes. */
  @Override
  public void close() {
    Database database;
    try {
      database = await();
    } catch (RuntimeException e) {
      return; // never opened: whoever asked for it has been told
    }
    database.close();
  }
}
