package dev.papertape.eventstore.append;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.lease.Epoch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppendPlannerTest {
  private static final Epoch OURS = new Epoch("engine", 3);
  private static final Epoch OTHERS = new Epoch("projection", 8);
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @Test
  void afterARefusedUnitAllLaterOnesOfItsEpochAreRefused() {
    AppendUnit before = unit(1, OURS);
    AppendUnit refused = unit(1, OURS);
    AppendUnit after = unit(2, OURS);
    AppendUnit unleased = unit(3, null);
    AppendUnit other = unit(4, OTHERS);

    AppendPlan plan = plan(List.of(), List.of(before, refused, after, unleased, other));

    assertThat(plan.placed())
        .extracting(AppendPlan.Placed::unit)
        .containsExactly(before, unleased, other);
    assertThat(plan.refused()).extracting(AppendPlan.Refused::unit).containsExactly(refused, after);
    assertThat(plan.refused().getFirst().failure()).isInstanceOf(AppendFailure.Conflict.class);
    assertThat(plan.refused().getLast().failure())
        .isInstanceOf(AppendFailure.EpochSuperseded.class);
    assertThat(plan.newHead()).as("no hole where a unit was refused").isEqualTo(13);
  }

  @Test
  void aUnitRefusedBeforePlanningBreaksItsEpochToo() {
    AppendUnit claimedBefore = unit(1, OURS);
    AppendUnit after = unit(2, OURS);
    AppendPlan plan =
        plan(
            List.of(new AppendPlan.Refused(claimedBefore, new AppendFailure.KeyClaimed("k"))),
            List.of(after));
    assertThat(plan.placed()).isEmpty();
    assertThat(plan.refused()).extracting(AppendPlan.Refused::unit).contains(claimedBefore, after);
  }

  private static AppendPlan plan(List<AppendPlan.Refused> refused, List<AppendUnit> units) {
    StreamHeads streams = new StreamHeads();
    streams.put("account:1", new StreamHeads.Head(-1));
    LogSession.Opened opened =
        new LogSession.Opened(10, NOON, Map.of("engine", 3L, "projection", 8L), Map.of());
    return AppendPlanner.plan(units, refused, opened, streams, NOON);
  }

  private static AppendUnit unit(long id, @Nullable Epoch epoch) {
    byte[] json = "{}".getBytes(UTF_8);
    PreparedEvent event =
        PreparedEvent.of(
            "account:1",
            PreparedEvent.ASSIGNED_LATER,
            "account",
            new UUID(0, id),
            "bank.Deposited",
            "1",
            json,
            json);
    return new AppendUnit(1, () -> List.of(event), false, epoch, null);
  }
}
