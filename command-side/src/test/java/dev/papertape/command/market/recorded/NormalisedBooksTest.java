package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.contract.WireContracts;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever wire a true message of a book comes from, decoded it keeps the one contract of all. */
class NormalisedBooksTest {
  private static final int ONE_IN = 50;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hftbacktest/spot_btcusdt_20240808.gz",
        "hftbacktest/cm_ethusd_perp_20240808.gz",
        "cryptofeed/COINBASE.v3.jsonl.zst",
        "cryptofeed/COINBASE.ws.28.0.gz",
        "cryptofeed/KRAKEN.ws.50.0.gz"
      })
  void decodedBooksKeepTheirContract(String capture) throws IOException {
    AtomicLong seen = new AtomicLong();
    UnpackedRecording.open(SharedCaptures.l2(capture), RecordedVenues.defaults())
        .decode(input -> check(input, seen));
    assertThat(seen).hasValueGreaterThan(ONE_IN);
  }

  private static void check(VenueInput input, AtomicLong seen) {
    if (input instanceof VenueInput.Bundle bundle) {
      bundle.parts().forEach(part -> check(part, seen));
    } else if (input instanceof VenueInput.DepthSnapshot
        || (input instanceof VenueInput.DepthDiff && seen.getAndIncrement() % ONE_IN == 0)) {
      WireContracts.Bound bound = WireContracts.SHIPPED.ofBook(input).orElseThrow();
      assertThat(bound.breaches()).as("%s", input).isEmpty();
    }
  }
}
