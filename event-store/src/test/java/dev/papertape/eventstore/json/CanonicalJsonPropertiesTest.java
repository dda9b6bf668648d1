package dev.papertape.eventstore.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;

class CanonicalJsonPropertiesTest {
  private final CanonicalJson json = new CanonicalJson();

  record Order(String id, double zeta, long count, List<String> tags, Map<String, Double> by) {}

  @Property(tries = 500)
  void whatIsWrittenIsWhatTheReferenceLibraryMakesOfIt(@ForAll("values") Object value)
      throws IOException {
    byte[] written = json.write(value);

    assertThat(written).isEqualTo(new JsonCanonicalizer(written).getEncodedUTF8());
  }

  @Property(tries = 500)
  void canonicalizingIsIdempotent(@ForAll("values") Object value) {
    byte[] written = json.write(value);

    assertThat(json.canonicalize(written)).isEqualTo(written);
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Double> doubles =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Long> longs = Arbitraries.longs().between(-(1L << 53), 1L << 53);
    Arbitrary<String> strings =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(point -> point < 0xD800 || point > 0xDFFF)
            .list()
            .ofMaxSize(8)
            .map(CanonicalJsonPropertiesTest::text);
    Arbitrary<Object> leaves =
        Combinators.combine(
                strings,
                doubles,
                longs,
                strings.list().ofMaxSize(3),
                Arbitraries.maps(strings, doubles).ofMaxSize(5))
            .as(Order::new);
    Arbitrary<Object> inner = containers(strings, leaves);
    return containers(strings, Arbitraries.oneOf(leaves, inner));
  }

  /** The reference library takes only objects and arrays at the top. */
  private static Arbitrary<Object> containers(Arbitrary<String> names, Arbitrary<Object> values) {
    return Arbitraries.oneOf(
        values.list().ofMaxSize(3).map(list -> list),
        Arbitraries.maps(names, values).ofMaxSize(3).map(map -> map));
  }

  private static String text(List<Integer> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(text::appendCodePoint);
    return text.toString();
  }
}
