package dev.papertape.standalone.serve;

import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import dev.papertape.standalone.CouldNotRun;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL of this run: our own, which stops with us, or one that somebody else runs. */
sealed interface Database extends AutoCloseable {

  int OLDEST_MAJOR_VERSION = 15;

  /** The keys of {@link #asProperties()}. */
  Set<String> PROPERTIES =
      Set.of("papertape.database.url", "papertape.database.user", "papertape.database.password");

  static Database open(ServeOptions options) {
    String url = options.databaseUrl();
    if (url == null) {
      return new Embedded(EmbeddedPostgres.start(EmbeddedPostgresConfig.in(options.data())));
    }
    External external =
        new External(
            url,
            System.getenv("PAPERTAPE_DATABASE_USER"),
            System.getenv("PAPERTAPE_DATABASE_PASSWORD"));
    external.check();
    return external;
  }

  Map<String, Object> asProperties();

  @Override
  void close();

  record Embedded(EmbeddedPostgres postgres) implements Database {
    @Override
    public Map<String, Object> asProperties() {
      return Map.of(
          "papertape.database.url", postgres.jdbcUrl(),
          "papertape.database.user", postgres.user(),
          "papertape.database.password", postgres.password());
    }

    @Override
    public void close() {
      postgres.close();
    }
  }

  record External(String url, @Nullable String user, @Nullable String password)
      implements Database {

    /** Tells a wrong URL in one sentence, before Spring tells it in two hundred lines. */
    void check() {
      try (Connection connection = connect()) {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_MAJOR_VERSION) {
          throw new CouldNotRun(
              "The database at %s is PostgreSQL %d and Papertape needs %d or newer."
                  .formatted(withoutSecrets(), major, OLDEST_MAJOR_VERSION));
        }
      } catch (SQLException e) {
        throw new CouldNotRun(
            "The database at %s does not let us in: %s.".formatted(withoutSecrets(), why(e)), e);
      }
    }

    /** The driver's first sentence; its advice would make a paragraph of it. */
    private static String why(SQLException e) {
      return String.valueOf(e.getMessage()).replaceFirst("(?s)\\.(\\s.*|$)", "");
    }

    private Connection connect() throws SQLException {
      return user == null
          ? DriverManager.getConnection(url)
          : DriverManager.getConnection(url, user, password);
    }

    /** A URL may carry user and password behind its question mark. */
    private String withoutSecrets() {
      return url.replaceFirst("\\?.*", "");
    }

    @Override
    public Map<String, Object> asProperties() {
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("papertape.database.url", url);
      if (user != null) {
        properties.put("papertape.database.user", user);
      }
      if (password != null) {
        properties.put("papertape.database.password", password);
      }
      return properties;
    }

    @Override
    public void close() {
      // Not ours to stop.
    }
  }
}
