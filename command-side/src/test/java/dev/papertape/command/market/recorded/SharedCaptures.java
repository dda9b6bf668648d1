package dev.papertape.command.market.recorded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the captures beside the repository; tests that need one are skipped without it. */
public final class SharedCaptures {
  private SharedCaptures() {}

  public static Path l2(String name) {
    return data("l2/" + name);
  }

  /** A file of the shared data, for example {@code ohlcv/OHLCV_FACTS.json}. */
  public static Path data(String name) {
    Path file = root().resolve("../shared/data").resolve(name).normalize();
    assumeTrue(Files.exists(file), () -> "no shared file " + file);
    return file;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw")) && !Files.exists(folder.resolve(".git"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
