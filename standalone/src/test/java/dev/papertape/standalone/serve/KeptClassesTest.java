package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptClassesTest {

  @TempDir Path folder;

  @Test
  void whatARefusedStartLeftIsDropped() throws IOException {
    Path archive = archiveOf(25_000_000);
    KeptClasses.dropUnfinished(List.of("-Xmx1g", "-XX:SharedArchiveFile=" + archive));
    assertThat(archive).doesNotExist();
  }

  @Test
  void whatASystemThatWasReadyLeftIsKept() throws IOException {
    Path archive = archiveOf(70_000_000);
    KeptClasses.dropUnfinished(List.of("-Xmx1g", "-XX:SharedArchiveFile=" + archive));
    assertThat(archive).exists();
  }

  @Test
  void aJvmThatKeepsNoneOrHasNoneYetIsLeftAlone() throws IOException {
    Path other = archiveOf(1);
    KeptClasses.dropUnfinished(List.of("-Xmx1g"));
    KeptClasses.dropUnfinished(List.of("-XX:SharedArchiveFile=" + folder.resolve("none")));
    assertThat(other).exists();
  }

  /** Sparse, so that it takes no room. */
  private Path archiveOf(long bytes) throws IOException {
    Path archive = folder.resolve("classes.jsa");
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(bytes);
    }
    return archive;
  }
}
