package dev.papertape.eventstore;

import dev.papertape.eventstore.json.CanonicalJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;

/** Refuses to start with serializers that change what they carry. */
final class SerializerCheck {
  private SerializerCheck() {}

  private record Probe(BigDecimal amount, Instant at, double ratio, long count, String text) {}

  /**
   * @throws UnsafeDatabaseException when a value does not come back as it was, or bytes differ
   */
  static void requireRoundTrip(CanonicalJson json) {
    Probe probe =
        new Probe(
            new BigDecimal("61685.99000000"),
            Instant.parse("2024-08-08T23:54:13.937085768Z"),
            1e-7,
            5_123_135_475_514L,
            "\u20ac\u0001");
    byte[] written = json.write(probe);
    Probe read = json.read(written, Probe.class);
    if (!read.equals(probe) || !Arrays.equals(written, json.write(read))) {
      throw new UnsafeDatabaseException("the event serializer does not give back what it wrote");
    }
  }
}
