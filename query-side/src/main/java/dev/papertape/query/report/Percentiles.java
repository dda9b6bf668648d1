package dev.papertape.query.report;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles that can be merged; immutable. Exact, linearly interpolated between the two nearest
 * samples, while there are at most {@link #EXACT}; beyond that a DDSketch (Masson, Rim and Lee,
 * 2019) whose answers are within 1 % of the sample of that rank. Which samples come first, and
 * which parts are merged first, changes no answer.
 */
public final class Percentiles {
  /** Most samples that are kept one by one. */
  public static final int EXACT = 1_000;

  /** Relative error of the sketch. */
  public static final double ACCURACY = 0.01;

  public static final Percentiles NONE = new Percentiles(new double[0], null);

  private final double[] exact;
  private final @Nullable DDSketch sketch;

  private Percentiles(double[] exact, @Nullable DDSketch sketch) {
    this.exact = exact;
    this.sketch = sketch;
  }

  public long samples() {
    return sketch == null ? exact.length : Math.round(sketch.getCount());
  }

  /** With one more sample, which must be finite. */
  public Percentiles plus(double sample) {
    return plus(new Percentiles(new double[] {sample}, null));
  }

  /** Both together. */
  public Percentiles plus(Percentiles other) {
    if (sketch == null && other.sketch == null && exact.length + other.exact.length <= EXACT) {
      double[] both = Arrays.copyOf(exact, exact.length + other.exact.length);
      System.arraycopy(other.exact, 0, both, exact.length, other.exact.length);
      return new Percentiles(both, null);
    }
    DDSketch both = newSketch();
    addTo(both);
    other.addTo(both);
    return new Percentiles(new double[0], both);
  }

  private void addTo(DDSketch target) {
    if (sketch != null) {
      target.mergeWith(sketch);
    }
    for (double sample : exact) {
      target.accept(sample);
    }
  }

  /**
   * @param level in [0, 1]
   * @return null without a sample
   */
  public @Nullable Double at(double level) {
    if (sketch != null) {
      return sketch.getValueAtQuantile(level);
    }
    if (exact.length == 0) {
      return null;
    }
    double[] sorted = exact.clone();
    Arrays.sort(sorted);
    double rank = (sorted.length - 1) * level;
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** As text for a column; read by {@link #parse}. */
  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(sketch == null ? exactBytes() : bytesOf(sketch));
  }

  private byte[] exactBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + exact.length * Double.BYTES).put((byte) 0);
    for (double sample : exact) {
      bytes.putDouble(sample);
    }
    return bytes.array();
  }

  private static byte[] bytesOf(DDSketch sketch) {
    try {
      GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
      sketch.encode(output, false);
      byte[] bytes = new byte[1 + output.numWrittenBytes()];
      bytes[0] = 1;
      System.arraycopy(output.backingArray(), 0, bytes, 1, output.numWrittenBytes());
      return bytes;
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing a sketch to memory", impossible);
    }
  }

  /**
   * @param text from {@link #toString}, null for none
   */
  public static Percentiles parse(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes[0] == 0) {
      double[] exact = new double[(bytes.length - 1) / Double.BYTES];
      ByteBuffer.wrap(bytes, 1, bytes.length - 1).asDoubleBuffer().get(exact);
      return new Percentiles(exact, null);
    }
    try {
      return new Percentiles(
          new double[0],
          DDSketch.decode(
              ByteArrayInput.wrap(bytes, 1, bytes.length - 1), UnboundedSizeDenseStore::new));
    } catch (IOException broken) {
      throw new UncheckedIOException("a stored sketch cannot be read", broken);
    }
  }

  private static DDSketch newSketch() {
    return new DDSketch(new LogarithmicMapping(ACCURACY), UnboundedSizeDenseStore::new);
  }
}
