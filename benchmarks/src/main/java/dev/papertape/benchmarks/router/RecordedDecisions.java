package dev.papertape.benchmarks.router;

import dev.papertape.command.audit.DecisionDigest;
import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineSettings;
import dev.papertape.command.engine.RecordingRun;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.guards.GuardLimits;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.lease.Leases.Lease;
import dev.papertape.standalone.play.FreshLog;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decisions a second, made by one engine thread on a played capture and durable in the log: an
 * order of 0.001 BTC in turn bought and sold after each frame of the real spot capture, so each
 * decision costs an acceptance, a routing with its context and provenance, and a fill. From the
 * first frame to the last durable fact; fsync on. The second of two runs counts.
 */
final class RecordedDecisions {
  private static final Path CAPTURE =
      Path.of("../shared/data/l2/hftbacktest/spot_btcusdt_20240808.gz");
  private static final Symbol SYMBOL = new Symbol("BTC-USDT");
  private static final BigDecimal QUANTITY = new BigDecimal("0.001");
  private static final GuardLimits NO_RATE_LIMIT =
      new GuardLimits(new BigDecimal("250000"), new BigDecimal("2000000"), Integer.MAX_VALUE);

  private RecordedDecisions() {}

  static double perSecond(boolean quick) {
    try {
      if (!quick) {
        run();
      }
      return run();
    } catch (IOException unreadable) {
      throw new IllegalStateException("needs the capture " + CAPTURE, unreadable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static double run() throws IOException, InterruptedException {
    PostgresDatabase database = TemporaryPostgres.freshDatabase();
    try (FreshLog log = new FreshLog(database.jdbcUrl(), database.user(), database.password());
        RecordedFeed feed = RecordedFeed.open(List.of(CAPTURE), RecordedVenues.defaults());
        Lease lease = log.leases().tryAcquire(EngineRuntime.LEASE, () -> {}).orElseThrow()) {
      VenueBooks books =
          new VenueBooks(
              feed.profiles(),
              MarketLimits.defaults(),
              SnapshotRequests.NONE,
              new SplittableRandom(1));
      RecordingRun run =
          new RecordingRun(
              settings(),
              books,
              log.journal(),
              lease.epoch(),
              new ProvenanceHashes(log.json()::write));
      Orders orders = new Orders();
      long started = System.nanoTime();
      run.play(feed, orders::after, frames -> {});
      double seconds = (System.nanoTime() - started) / 1e9;
      long decisions = DecisionDigest.of(log.log(), 0, log.log().head()).decisions();
      if (decisions < orders.placed / 2) {
        throw new IllegalStateException("only " + decisions + " of " + orders.placed + " decided");
      }
      return decisions / seconds;
    }
  }

  private static EngineSettings settings() {
    return new EngineSettings(
        1,
        ReleasePolicy.baseline("bench").with(NO_RATE_LIMIT),
        Portfolio.DEFAULT_INITIAL_CASH,
        Duration.ofSeconds(5),
        Duration.ofMinutes(1));
  }

  /** In turn a purchase and a sale, once the book has come. */
  private static final class Orders {
    private boolean bookHasCome;
    private long placed;

    @Nullable OrderIntent after(MarketInput input) {
      bookHasCome |= input instanceof VenueInput.DepthSnapshot;
      if (!bookHasCome) {
        return null;
      }
      Side side = placed++ % 2 == 0 ? Side.BUY : Side.SELL;
      return new OrderIntent(SYMBOL, side, QUANTITY, null, TimeInForce.IOC, "bench", null);
    }
  }
}
