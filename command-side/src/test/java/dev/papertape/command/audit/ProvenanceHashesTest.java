package dev.papertape.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.audit.Provenance;
import dev.papertape.eventstore.json.CanonicalJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceHashesTest {
  private record Decision(BigDecimal quantity, double bps) {}

  /** Each hash is {@code printf '<canonical JSON>' | sha256sum}. */
  @Test
  void hashesTheCanonicalJsonOfWindowsContextAndDecision() {
    List<FeatureWindow> windows =
        List.of(
            new FeatureWindow(
                "mid",
                1,
                List.of(new FeatureWindow.Point(Instant.parse("2024-08-08T12:00:00Z"), "100.5"))));

    Provenance provenance =
        new ProvenanceHashes(new CanonicalJson()::write)
            .of(
                windows,
                "d-1",
                Map.of("b", "2", "a", "1"),
                new Decision(new BigDecimal("1.50"), 2.5));

    // [{"feature":"mid","points":[{"at":"2024-08-08T12:00:00.000Z","value":"100.5"}],"version":1}]
    assertThat(provenance.featureWindowHash())
        .isEqualTo("4bbe2e8d43e1d98390528e1b8e32e4dd3b6d65664395c64bf497364a51a3359c");
    // {"a":"1","b":"2"}
    assertThat(provenance.contextHash())
        .isEqualTo("21f76dfbfe6dfe21f762080ef484112cf2952974cef30741fd1931e1c6d92112");
    // {"bps":2.5,"quantity":"1.50"}
    assertThat(provenance.decisionHash())
        .isEqualTo("03472bdb837bf61f577ac03650ddfb152aa822e6617e0c02f4a2414ec6616879");
    // {"algorithm":"sha-256/jcs","contextHash":…,"decisionHash":…,"decisionId":"d-1",…}
    assertThat(provenance.hash())
        .isEqualTo("1461356286f574211ac6313ded6ada9255e0490405e41e8652411ac890c074c2");
    assertThat(provenance.algorithm()).isEqualTo("sha-256/jcs");
  }
}
