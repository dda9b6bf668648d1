package dev.papertape.command.market.candlefile;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked bytes of a file, up to where it is broken or to where it unpacks to more than a
 * candle file of its size can hold (a zip bomb): there it ends, and says why.
 */
final class Unpacked extends FilterInputStream {
  /** Candle text packs 3 to 15 times. */
  private static final long MOST_TIMES_PACKED = 100;

  private static final long ALWAYS_ALLOWED = 64L << 20;

  /** Its bars are held in memory. */
  private static final long NEVER_ALLOWED = 512L << 20;

  private final long limit;
  private long read;
  private @Nullable String damage;

  Unpacked(InputStream unpacked, long packedBytes) {
    super(unpacked);
    limit = Math.clamp(packedBytes * MOST_TIMES_PACKED, ALWAYS_ALLOWED, NEVER_ALLOWED);
  }

  /** What was wrong with the bytes, null if nothing so far. */
  @Nullable String damage() {
    return damage;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (damage != null) {
      return -1;
    }
    if (read > limit) {
      damage = "it unpacks to more than %d bytes: what follows is not read".formatted(limit);
      return -1;
    }
    try {
      int count = super.read(into, from, length);
      read += Math.max(0, count);
      return count;
    } catch (EOFException | ZipException broken) {
      damage = "the packed file is broken after %d bytes: %s".formatted(read, broken.getMessage());
      return -1;
    }
  }
}
