package dev.papertape.command.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RolloutConductorTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ReleasesTail.Followed RUNS =
      new ReleasesTail.Followed(Releases.of(ReleasePolicy.baseline("r1")), "ro-1", 7);
  private static final ReleasesTail.Followed NOTHING =
      new ReleasesTail.Followed(Releases.of(ReleasePolicy.baseline("r1")), null, 7);

  private final MemoryLog log = new MemoryLog();
  private final BlockingQueue<AssessRollout> assessed = new LinkedBlockingQueue<>();

  @Test
  void hasTheNewestCountsJudgedAndNamesWhereTheyStand() throws InterruptedException {
    for (int n = 0; n < 9; n++) {
      count("ro-1", n);
    }
    try (RolloutConductor conductor = conductor(assessed::add)) {
      conductor.follow(RUNS);
      conductor.start();
      AssessRollout first = assessed.poll(30, TimeUnit.SECONDS);
      assertThat(first.rolloutId()).isEqualTo("ro-1");
      assertThat(first.observation().fromPosition()).isEqualTo(7);
      assertThat(first.observation().toPosition()).isEqualTo(9);
      count("ro-1", 10);
      assertThat(assessed.poll(30, TimeUnit.SECONDS).observation().feedTime())
          .isEqualTo(START.plusSeconds(10));
    }
  }

  @Test
  void whatCouldNotBeJudgedIsJudgedLater() throws InterruptedException {
    for (int n = 0; n < 8; n++) {
      count("ro-1", n);
    }
    AtomicInteger tries = new AtomicInteger();
    Consumer<AssessRollout> failsAtFirst =
        command -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("the database is away");
          }
          assessed.add(command);
        };
    try (RolloutConductor conductor = conductor(failsAtFirst)) {
      conductor.follow(RUNS);
      conductor.start();
      assertThat(assessed.poll(30, TimeUnit.SECONDS).observation().toPosition()).isEqualTo(8);
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void asksNothingOfARolloutThatIsOver() throws InterruptedException {
    for (int n = 0; n < 8; n++) {
      count("ro-1", n);
    }
    try (RolloutConductor conductor = conductor(assessed::add)) {
      conductor.follow(NOTHING);
      conductor.start();
      count("ro-2", 9);
      conductor.follow(new ReleasesTail.Followed(RUNS.releases(), "ro-2", 9));
      count("ro-2", 10);
      assertThat(assessed.poll(30, TimeUnit.SECONDS).rolloutId()).isEqualTo("ro-2");
    }
  }

  private RolloutConductor conductor(Consumer<AssessRollout> assess) {
    return new RolloutConductor(log, row -> (SlosObserved) MemoryLog.decode(row), assess);
  }

  private void count(String rolloutId, int second) {
    SlosObserved counts =
        new SlosObserved(
            rolloutId,
            1,
            START,
            START.plusSeconds(second),
            List.of(SloCounts.none(Slo.ERROR_RATE)));
    log.append(SlosObserved.stream(rolloutId), "slo", UUID.randomUUID(), counts, Map.of());
  }
}
