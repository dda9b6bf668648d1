package dev.papertape.standalone.serve;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the person who starts the system asked for; null where the configuration decides.
 *
 * @param port of HTTP on loopback; 0 takes a free one
 * @param data the data folder
 * @param databaseUrl a JDBC URL of PostgreSQL 15 or newer; null runs the embedded one
 * @param seed of the simulator's and the engine's randomness
 */
public record ServeOptions(
    int port,
    Path data,
    @Nullable String databaseUrl,
    @Nullable Feed feed,
    List<Path> recordings,
    @Nullable Speed speed,
    @Nullable Long seed,
    @Nullable Environment env) {

  /** Where market data comes from. */
  public enum Feed {
    SIMULATOR,
    LIVE,
    RECORDING
  }

  /** Faults can be injected in dev only. */
  public enum Environment {
    DEV,
    PROD
  }

  public ServeOptions {
    recordings = List.copyOf(recordings);
  }

  /** As Spring properties, without the database's: these are known when it runs. */
  Map<String, Object> asProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.port", port);
    properties.put("papertape.data", data.toString());
    if (feed != null) {
      properties.put("papertape.feed", feed.name());
    }
    for (int i = 0; i < recordings.size(); i++) {
      properties.put("papertape.recordings[" + i + "]", recordings.get(i).toString());
    }
    if (speed != null) {
      properties.put("papertape.speed", speed.toString());
    }
    if (seed != null) {
      properties.put("papertape.seed", seed);
    }
    if (env != null) {
      properties.put("papertape.env", env.name());
    }
    return properties;
  }
}
