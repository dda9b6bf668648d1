package dev.papertape.command.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutPolicy;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReleasesTailTest {
  private static final ReleasePolicy BASELINE = ReleasePolicy.baseline("r1");

  private final MemoryLog log = new MemoryLog();
  private final LinkedBlockingQueue<ReleasesTail.Followed> told = new LinkedBlockingQueue<>();

  @Test
  void Bug_pending_a_change_that_could_not_be_told_was_never_told() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    try (ReleasesTail tail = tail()) {
      tail.current();
      tail.start(
          now -> {
            if (calls.incrementAndGet() == 1) {
              throw new IllegalStateException("not now");
            }
            told.add(now);
          });
      register();
      assertThat(told.take().runs()).isEqualTo("ro-1");
    }
  }

  @Test
  void whatWasReadBeforeIsNotToldAgain() throws InterruptedException {
    register();
    try (ReleasesTail tail = tail()) {
      assertThat(tail.current().runs()).isEqualTo("ro-1");
      tail.start(told::add);
      log.append("other", "other", UUID.randomUUID(), registered(), Map.of());
      append(new DeployCommand.AbortRollout("ro-1", "no"));
      assertThat(told.take().runs()).isNull();
    }
  }

  private ReleasesTail tail() {
    return new ReleasesTail(log, row -> (RolloutEvent) MemoryLog.decode(row), BASELINE);
  }

  private void register() {
    append(command());
  }

  private void append(DeployCommand command) {
    Deployment now = Deployment.NONE;
    for (var row : log.stream(DeployCommand.ID, 0)) {
      now = RolloutRules.after(now, (RolloutEvent) MemoryLog.decode(row));
    }
    RolloutRules.decide(now, command)
        .forEach(
            event -> log.append(DeployCommand.ID, "deploy", UUID.randomUUID(), event, Map.of()));
  }

  private static RolloutEvent registered() {
    return RolloutRules.decide(Deployment.NONE, command()).getFirst();
  }

  private static RegisterCandidate command() {
    return new RegisterCandidate(
        "ro-1",
        "next",
        new PolicyChange(
            new PolicyChange.Router(1L, null, null, null, null, null, null), null, null, null),
        RolloutPolicy.STANDARD,
        BASELINE.bundle());
  }
}
