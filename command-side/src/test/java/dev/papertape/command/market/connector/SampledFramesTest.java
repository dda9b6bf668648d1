package dev.papertape.command.market.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.ContractCounts;
import dev.papertape.eventstore.contract.Contracts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampledFramesTest {
  private static final Venue VENUE = new Venue("ALTO");
  private static final byte[] GOOD =
      ("{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,"
              + "\"b\":[[\"1.5\",\"2\"]],\"a\":[]}")
          .getBytes(UTF_8);
  private static final byte[] BAD =
      ("{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,"
              + "\"b\":[[1.5,\"2\"]],\"a\":[]}")
          .getBytes(UTF_8);

  private final Contracts contracts = Contracts.onClassPath();
  private final Contract depth = contracts.get("binance-depth-update", 1);
  private final Contract snapshot = contracts.get("binance-depth-snapshot", 1);
  private final ContractCounts counts = new ContractCounts(new SimpleMeterRegistry(), contracts);
  private SampledFrames frames = every(1);

  private SampledFrames every(int n) {
    return new SampledFrames(
        new WireContracts(contracts), counts, Map.of(VENUE, WireProtocol.BINANCE_SPOT), n);
  }

  @AfterEach
  void close() {
    frames.close();
  }

  @Test
  void a_frame_that_breaks_its_contract_is_counted() {
    frame(GOOD);
    frame(BAD);
    await(() -> frames.checked() == 2);
    assertThat(counts.of(depth)).isEqualTo(1);
  }

  @Test
  void one_frame_in_so_many_is_looked_at_and_everything_that_was_fetched() {
    frames.close();
    frames = every(10);
    for (int i = 0; i < 30; i++) {
      frame(BAD);
    }
    frames.fetched(VENUE, Instant.EPOCH, "http://x/api/v3/depth?symbol=BTCUSDT", GOOD);
    await(() -> frames.checked() == 4);
    assertThat(counts.of(depth)).isEqualTo(3);
    assertThat(counts.of(snapshot)).isEqualTo(1);
  }

  @Test
  void a_decoded_change_of_a_book_is_held_against_the_contract_of_all_wires() {
    Contract update = contracts.get("l2-update", 1);
    frames.decoded(diff("1.50"));
    frames.decoded(
        new VenueInput.Bundle(
            new Arrival(VENUE, Instant.EPOCH, 0, 0),
            null,
            List.of(
                diff("-1.50"),
                new VenueInput.OtherFrame(new Arrival(VENUE, Instant.EPOCH, 0, 0)))));
    await(() -> frames.checked() == 2);
    assertThat(counts.of(update)).as("a price below 0").isEqualTo(1);
    assertThat(counts.of(depth)).isZero();
  }

  private static VenueInput.DepthDiff diff(String price) {
    return new VenueInput.DepthDiff(
        new Arrival(VENUE, Instant.EPOCH, 0, 0),
        new Symbol("BTC-USDT"),
        new Integrity.Checksum(null, 10),
        Instant.EPOCH,
        PriceLevels.of(price, "2.000"),
        PriceLevels.NONE);
  }

  /** The connector's buffer is its own again when the call returns. */
  @Test
  void what_is_looked_at_is_a_copy_of_as_much_as_the_frame_is() {
    byte[] buffer = new byte[GOOD.length + 100];
    System.arraycopy(GOOD, 0, buffer, 0, GOOD.length);
    frames.frame(VENUE, Instant.EPOCH, buffer, GOOD.length);
    java.util.Arrays.fill(buffer, (byte) 'x');
    await(() -> frames.checked() == 1);
    assertThat(counts.of(depth)).isZero();
  }

  @Test
  void what_is_no_json_and_what_is_of_no_known_venue_harms_nobody() {
    frame("{".getBytes(UTF_8));
    frame(new byte[] {0, -1, 7});
    frames.frame(new Venue("OTHER"), Instant.EPOCH, BAD, BAD.length);
    frame(GOOD);
    await(() -> frames.checked() == 4);
    assertThat(counts.of(depth)).isZero();
  }

  @Test
  void a_flood_is_dropped_and_counted_and_never_waits() {
    for (int i = 0; i < 100_000; i++) {
      frame(GOOD);
    }
    await(() -> frames.checked() + frames.dropped() == 100_000);
    assertThat(frames.dropped()).isPositive();
  }

  private void frame(byte[] text) {
    frames.frame(VENUE, Instant.EPOCH, text, text.length);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
