package dev.papertape.standalone.verb;

import dev.papertape.standalone.CouldNotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files named on a command line. */
final class RecordingFiles {

  private RecordingFiles() {}

  static void requireReadable(List<Path> files) {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new CouldNotRun("There is no file %s.".formatted(file));
      }
      if (!Files.isReadable(file)) {
        throw new CouldNotRun("The file %s cannot be read.".formatted(file));
      }
    }
  }
}
