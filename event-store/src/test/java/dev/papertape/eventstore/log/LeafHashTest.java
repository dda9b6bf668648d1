package dev.papertape.eventstore.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.json.CanonicalJson;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeafHashTest {
  private static final LoggedEvent EVENT =
      new LoggedEvent(
          42,
          "order:\"ü\\\t\u0001€",
          7,
          "order",
          UUID.fromString("0190a8f2-0000-7000-8000-00000000002a"),
          Instant.parse("2026-01-02T03:04:05.678900Z"),
          "router.OrderRouted",
          "2",
          "{\"a\":1}".getBytes(UTF_8),
          "{}".getBytes(UTF_8),
          new byte[0]);

  @Test
  void isTheHashOfAZeroByteAndTheCanonicalJsonOfTheColumns() {
    byte[] json =
        new CanonicalJson()
            .write(
                Map.of(
                    "position", 42,
                    "aggregateId", EVENT.stream(),
                    "sequence", 7,
                    "aggregateType", "order",
                    "eventId", EVENT.eventId(),
                    "recordedAt", "2026-01-02T03:04:05.678900Z",
                    "payloadType", "router.OrderRouted",
                    "payloadRevision", "2",
                    // sha256sum of {"a":1} and of {}
                    "payloadSha256",
                        "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862",
                    "metadataSha256",
                        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    MessageDigest sha256 = CanonicalJson.sha256();
    sha256.update((byte) 0);

    assertThat(LeafHash.of(EVENT)).isEqualTo(sha256.digest(json));
  }

  @Test
  void oneBeginningServesManyPlaces() {
    LeafHash begun =
        LeafHash.begin(
            EVENT.stream(),
            EVENT.streamType(),
            EVENT.eventId(),
            EVENT.payloadType(),
            EVENT.payloadRevision(),
            EVENT.payload(),
            EVENT.metadata());
    String time = LeafHash.text(EVENT.recordedAt());

    assertThat(begun.at(41, 7, time)).isNotEqualTo(LeafHash.of(EVENT));
    assertThat(begun.at(42, 6, time)).isNotEqualTo(LeafHash.of(EVENT));
    assertThat(begun.at(42, 7, time)).isEqualTo(LeafHash.of(EVENT));
  }
}
