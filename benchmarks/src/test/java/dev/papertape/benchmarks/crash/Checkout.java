package dev.papertape.benchmarks.crash;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository is checked out. */
final class Checkout {
  private Checkout() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
