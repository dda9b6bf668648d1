package dev.papertape.eventstore.json;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the folder {@code ../shared/data} beside the repository. */
final class SharedFiles {
  private SharedFiles() {}

  /** The file; skips the test where the folder is not there. */
  static Path path(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.exists(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "not inside the repository");
    Path file = root.resolveSibling("shared").resolve("data").resolve(name);
    assumeTrue(Files.exists(file), () -> "skipped: no " + file);
    return file;
  }
}
