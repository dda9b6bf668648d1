package dev.papertape.command.market.recorder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/**
 * One connection's recording: gzip, a JSON header line, then {@code <local receive time, ns>
 * <frame>} a line; what was fetched stands as {@code <ns> <url> <body>}, the socket's end as {@code
 * <ns> closed <reason>}. What was flushed outlives a crash: the player reads a file without an end.
 */
final class RecordingFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final long NANOS = 1_000_000_000L;

  private final Path path;
  private final OutputStream out;
  private boolean unflushed;
  private long lines;

  /**
   * Writes the header, down to the disk.
   *
   * @param file a new one, at {@code path}; closed with this, and at once if this throws
   */
  RecordingFile(Path path, OutputStream file, String header) throws IOException {
    this.path = path;
    try {
      out = new BufferedOutputStream(new GZIPOutputStream(file, BUFFER, true), BUFFER);
      out.write(header.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
      out.flush();
    } catch (IOException full) {
      file.close();
      throw full;
    }
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
    lines++;
  }

  void fetched(Instant at, String url, byte[] body) throws IOException {
    stamp(at);
    out.write(url.getBytes(StandardCharsets.US_ASCII));
    out.write(' ');
    body(body, body.length);
    lines++;
  }

  /** The socket ended; no frame starts so. */
  void closed(Instant at, String reason) throws IOException {
    stamp(at);
    out.write("closed ".getBytes(StandardCharsets.US_ASCII));
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    body(text, text.length);
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
    unflushed = true;
  }

  /** Brings what was written to the disk; nothing to do if nothing was. */
  void flush() throws IOException {
    if (unflushed) {
      out.flush();
      unflushed = false;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
