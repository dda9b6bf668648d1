package dev.papertape.standalone.play;

import dev.papertape.command.alpha.AlphaCatalogue;
import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.audit.DecisionDigest;
import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineSettings;
import dev.papertape.command.engine.RecordingRun;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.PlayReport;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.lease.Leases.Lease;
import dev.papertape.standalone.CouldNotRun;
import dev.papertape.standalone.verb.PlayRequest;
import dev.papertape.standalone.verb.Playback;
import dev.papertape.standalone.verb.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The engine that trades live, fed from files, over an embedded PostgreSQL. */
public final class RecordingPlayback implements Playback {
  private static final long SEED = 1;
  private static final String RELEASE = "baseline";

  /**
   * What {@code play} prints.
   *
   * @param elapsedMs from the first frame to the last durable fact
   * @param events facts in the log
   * @param damaged files whose tail is broken, each with what is wrong
   * @param decisionDigest see {@link DecisionDigest}
   */
  public record Played(
      long frames,
      long malformed,
      long elapsedMs,
      List<PlayReport.Book> books,
      List<String> damaged,
      long events,
      long decisions,
      long fills,
      String decisionDigest) {}

  @Override
  public Object play(PlayRequest request, Progress progress) throws Exception {
    if (request.data() == null) {
      PostgresDatabase database = TemporaryPostgres.freshDatabase();
      return play(request, progress, database.jdbcUrl(), database.user(), database.password());
    }
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.in(request.data()))) {
      return play(request, progress, postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
  }

  private static Played play(
      PlayRequest request, Progress progress, String url, String user, String password)
      throws InterruptedException {
    progress.begin("frames", -1);
    try (FreshLog fresh = new FreshLog(url, user, password);
        RecordedFeed feed = open(request);
        Lease lease =
            fresh
                .leases()
                .tryAcquire(EngineRuntime.LEASE, () -> {})
                .orElseThrow(() -> new CouldNotRun("Another engine runs over this log."))) {
      VenueBooks books =
          new VenueBooks(
              feed.profiles(),
              MarketLimits.defaults(),
              SnapshotRequests.NONE,
              new SplittableRandom(SEED));
      RecordingRun run =
          new RecordingRun(
              settings(request.trading()),
              books,
              fresh.journal(),
              lease.epoch(),
              new ProvenanceHashes(fresh.json()::write));
      long started = System.nanoTime();
      run.play(feed, progress::at);
      long elapsedMs = Duration.ofNanos(System.nanoTime() - started).toMillis();
      PlayReport market = PlayReport.of(feed, books);
      DecisionDigest digest = DecisionDigest.of(fresh.log(), 0, fresh.log().head());
      return new Played(
          market.frames(),
          market.malformed(),
          elapsedMs,
          market.books(),
          market.damaged(),
          digest.events(),
          digest.decisions(),
          digest.fills(),
          digest.sha256());
    }
  }

  private static RecordedFeed open(PlayRequest request) {
    try {
      return RecordedFeed.open(request.files(), RecordedVenues.defaults());
    } catch (IllegalArgumentException | IOException unreadable) {
      throw new CouldNotRun(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }

  /** As a fresh start has them. */
  private static EngineSettings settings(boolean trading) {
    return new EngineSettings(
        SEED,
        ReleasePolicy.baseline(RELEASE),
        Portfolio.DEFAULT_INITIAL_CASH,
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        trading ? AlphaSettings.standard(AlphaCatalogue.BUILT_IN) : AlphaSettings.NONE);
  }
}
