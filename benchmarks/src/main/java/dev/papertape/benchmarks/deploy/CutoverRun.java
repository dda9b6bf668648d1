package dev.papertape.benchmarks.deploy;

import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineSettings;
import dev.papertape.command.engine.RecordingRun;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.lease.Leases.Lease;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.standalone.play.FreshLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run of the real spot capture with an order after each frame, every fact durable, fsync on: at
 * most some hundred orders ahead of the log: first under one release, then with both at 50 %, then
 * with a cutover after every thousand orders.
 *
 * @param before p99 of a decision under one release, µs
 * @param partial p99 while both releases decide, µs
 * @param afterCutover p99 of the thousand decisions that follow cutovers, µs
 * @param mixedOrLost decisions that are missing or name what was not in force
 */
record CutoverRun(
    double before, double partial, double afterCutover, long decisions, long mixedOrLost) {
  private static final Path CAPTURE =
      Path.of("../shared/data/l2/hftbacktest/spot_btcusdt_20240808.gz");

  static CutoverRun of(int cutovers) throws IOException, InterruptedException {
    PostgresDatabase database = TemporaryPostgres.freshDatabase();
    try (FreshLog log = new FreshLog(database.jdbcUrl(), database.user(), database.password());
        RecordedFeed feed = RecordedFeed.open(List.of(CAPTURE), RecordedVenues.defaults());
        Lease lease = log.leases().tryAcquire(EngineRuntime.LEASE, () -> {}).orElseThrow()) {
      CutoverLoad load = new CutoverLoad(cutovers);
      RecordingRun run =
          new RecordingRun(
              new EngineSettings(
                  1,
                  CutoverLoad.BASELINE,
                  Portfolio.DEFAULT_INITIAL_CASH,
                  Duration.ofSeconds(5),
                  Duration.ofMinutes(1)),
              new VenueBooks(
                  feed.profiles(),
                  MarketLimits.defaults(),
                  SnapshotRequests.NONE,
                  new SplittableRandom(1)),
              log.journal(),
              lease.epoch(),
              new ProvenanceHashes(log.json()::write));
      run.playWithMail(feed, load::after, frames -> {});
      load.requireAll();
      return new CutoverRun(
          p99(load.micros(CutoverLoad.Phase.BEFORE)),
          p99(load.micros(CutoverLoad.Phase.PARTIAL)),
          p99(load.micros(CutoverLoad.Phase.CUTOVER)),
          load.placed(),
          checked(log, load));
    }
  }

  /** Reads every decision back: which release made it, by which policy, and whose turn it was. */
  private static long checked(FreshLog log, CutoverLoad load) {
    EventNames names = EventNames.of(EventTypes.all(), EventTypes::logicalName);
    List<RouterEvent> decisions = new ArrayList<>();
    log.log()
        .forEach(
            0,
            log.log().head(),
            row -> {
              if (row.payloadType().startsWith("router.")) {
                decisions.add(read(log, names, row));
              }
            });
    long wrong = Math.abs(load.placed() - decisions.size());
    for (int n = 0; n < Math.min(load.placed(), decisions.size()); n++) {
      RouterEvent decision = decisions.get(n);
      ReleasePolicy expected = load.expected(n, decision.orderId());
      boolean right =
          decision.context().release().equals(expected.release())
              && decision.context().policyVersion().equals(expected.router().version());
      wrong += right ? 0 : 1;
    }
    if (wrong > 0) {
      throw new IllegalStateException(wrong + " decisions are mixed or lost");
    }
    return wrong;
  }

  private static RouterEvent read(FreshLog log, EventNames names, LoggedEvent row) {
    Class<?> type = names.classOf(row.payloadType());
    if (type == null) {
      throw new IllegalStateException("unknown " + row.payloadType());
    }
    return (RouterEvent) log.json().read(row.payload(), type);
  }

  private static double p99(double[] micros) {
    double[] sorted = micros.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
  }
}
