package dev.papertape.command.market.recorded;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a capture, gzip, zstd or plain (told by its first bytes). A file whose tail is
 * broken gives the lines before the break and then ends; {@link #damage()} says what was wrong. The
 * bytes of a line are valid until the next one is read.
 */
final class CaptureLines implements AutoCloseable {
  private static final int CHUNK = 1 << 16;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
  private static final int LONGEST_LINE = 64 << 20;

  private final InputStream input;
  private byte[] buffer = new byte[2 * CHUNK];
  private int lineStart;
  private int lineEnd;
  private int next;
  private int filled;
  private boolean ended;
  private boolean openEnded;
  private @Nullable String damage;

  /** Throws {@link IOException} if the file cannot be opened. */
  CaptureLines(Path file) throws IOException {
    this(new BufferedInputStream(Files.newInputStream(file), CHUNK));
  }

  /**
   * @param raw can mark and reset; closed with this, and at once if this throws
   */
  CaptureLines(InputStream raw) throws IOException {
    InputStream opened = raw;
    try {
      raw.mark(ZSTD.length);
      byte[] magic = raw.readNBytes(ZSTD.length);
      raw.reset();
      opened = unpacked(raw, magic);
    } catch (EOFException | ZipException | ZstdIOException broken) {
      ended = true;
      damage = "the compressed file is broken at its start";
    } catch (IOException broken) {
      raw.close();
      throw broken;
    }
    input = opened;
  }

  private static InputStream unpacked(InputStream raw, byte[] magic) throws IOException {
    if (Arrays.equals(magic, ZSTD)) {
      return new ZstdInputStream(raw);
    }
    boolean gzip =
        magic.length >= GZIP.length && Arrays.equals(magic, 0, GZIP.length, GZIP, 0, GZIP.length);
    return gzip ? new GZIPInputStream(raw, CHUNK) : raw;
  }

  /** Moves to the next line that is not empty; false at the end. */
  boolean advance() throws IOException {
    do {
      int newline = newlineFrom(next);
      if (newline < 0) {
        lineStart = next;
        lineEnd = filled;
        next = filled;
        openEnded = true;
        return lineEnd > lineStart;
      }
      lineStart = next;
      lineEnd = newline > next && buffer[newline - 1] == '\r' ? newline - 1 : newline;
      next = newline + 1;
    } while (lineEnd == lineStart);
    return true;
  }

  byte[] bytes() {
    return buffer;
  }

  int from() {
    return lineStart;
  }

  int to() {
    return lineEnd;
  }

  /** Whether the file ends within this line, or right behind it without a line break. */
  boolean openEnded() {
    return openEnded;
  }

  /** What was wrong with the file's tail, null if nothing (so far). */
  @Nullable String damage() {
    return damage;
  }

  private int newlineFrom(int from) throws IOException {
    int searched = from;
    while (true) {
      for (; searched < filled; searched++) {
        if (buffer[searched] == '\n') {
          return searched;
        }
      }
      if (ended) {
        return -1;
      }
      searched -= next;
      fill();
      searched += next;
    }
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    filled -= next;
    next = 0;
    if (buffer.length - filled < CHUNK) {
      if (buffer.length >= LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    try {
      int read = input.read(buffer, filled, CHUNK);
      ended = read < 0;
      filled += Math.max(0, read);
    } catch (EOFException | ZipException | ZstdIOException broken) {
      ended = true;
      damage = "the compressed file is broken at its end: " + broken.getMessage();
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
