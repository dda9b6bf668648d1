package dev.papertape.command.market.recorder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/**
 * One connection's recording: gzip, a JSON header line, then {@code <local receive time, ns>
 * <frame>} a line; what was fetched stands as {@code <ns> <url> <body>}. After a crash at most the
 * last second is missing: the player reads a file without an end.
 */
final class RecordingFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(1);
  private static final long NANOS = 1_000_000_000L;

  private final Path path;
  private final OutputStream out;
  private Instant flushed;
  private long lines;

  /** Throws {@link IOException} if the file is there already or cannot be made. */
  RecordingFile(Path path, String header, Instant now) throws IOException {
    this.path = path;
    this.flushed = now;
    OutputStream file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
    this.out = new BufferedOutputStream(new GZIPOutputStream(file, BUFFER, true), BUFFER);
    out.write(header.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  Path path() {
    return path;
  }

  long lines() {
    return lines;
  }

  void frame(Instant at, byte[] bytes, int length) throws IOException {
    stamp(at);
    body(bytes, length);
    flushSometimes(at);
  }

  void fetched(Instant at, String url, byte[] body) throws IOException {
    stamp(at);
    out.write(url.getBytes(StandardCharsets.US_ASCII));
    out.write(' ');
    body(body, body.length);
    flushSometimes(at);
  }

  private void stamp(Instant at) throws IOException {
    long nanos = at.getEpochSecond() * NANOS + at.getNano();
    out.write(Long.toString(nanos).getBytes(StandardCharsets.US_ASCII));
    out.write(' ');
  }

  /** Line breaks, which JSON has between its tokens only, become spaces. */
  private void body(byte[] bytes, int length) throws IOException {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        out.write(bytes, from, i - from);
        out.write(' ');
        from = i + 1;
      }
    }
    out.write(bytes, from, length - from);
    out.write('\n');
    lines++;
  }

  private void flushSometimes(Instant at) throws IOException {
    if (flushed.plus(FLUSH_EVERY).isBefore(at)) {
      out.flush();
      flushed = at;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
