package dev.papertape.command.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaBenched;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaResumed;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaRetired;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlphaTailTest {
  private final MemoryLog log = new MemoryLog();

  @Test
  void whatIsConfiguredWorksUntilTheLogKnowsIt() {
    AlphaTail tail = new AlphaTail(log, MemoryLog::decode, AlphaSettings.builtIn());
    assertThat(tail.current().specs()).hasSize(5);
    assertThat(tail.current().isRegistered("momentum")).isFalse();
    append("alpha:momentum", "alpha", registered("momentum"));

    assertThat(tail.current().isRegistered("momentum")).isTrue();
    assertThat(tail.current().find("momentum").orElseThrow().weight()).isEqualTo(0.5);
    assertThat(tail.current().specs()).hasSize(5);
  }

  /** Also when both were there before it looked: a panel must see a bench before its end. */
  @Test
  void everyStepIsTold() throws InterruptedException {
    append("alpha:a", "alpha", registered("a"));
    AlphaTail tail = new AlphaTail(log, MemoryLog::decode, List.of());
    tail.current();
    append("alpha:a", "alpha", new AlphaBenched("a", "THREW", "It threw."));
    append("alpha:a", "alpha", new AlphaResumed("a", "mended"));
    append("promotion:a", "promotion", new AlphaRetired("a", AlphaStage.INCUBATING, "enough"));
    BlockingQueue<AlphaRoster> told = new LinkedBlockingQueue<>();
    try (tail) {
      tail.start(told::add);
      assertThat(next(told).benchedReason()).isEqualTo("THREW: It threw.");
      assertThat(next(told).benchedReason()).isNull();
      assertThat(next(told).stage()).isEqualTo(AlphaStage.RETIRED);
      append("alpha:b", "alpha", registered("b"));
      assertThat(next(told).alphaId()).isEqualTo("a");
    }
  }

  @Test
  void theRegistryReadsOnFromWhereItWas() {
    AlphaRegistry registry = new AlphaRegistry(log, MemoryLog::decode, List.of());
    assertThat(registry.now().registeredIds()).isEmpty();
    append("alpha:b", "alpha", registered("b"));
    append("alpha:a", "alpha", registered("a"));
    assertThat(registry.now().registeredIds()).containsExactly("a", "b");
    assertThat(registry.now().registeredIds()).containsExactly("a", "b");
  }

  private static AlphaSpec next(BlockingQueue<AlphaRoster> told) throws InterruptedException {
    AlphaRoster roster = told.poll(30, TimeUnit.SECONDS);
    if (roster == null) {
      throw new AssertionError("nothing was told");
    }
    return roster.specs().getFirst();
  }

  private void append(String stream, String kind, DomainEvent event) {
    log.append(stream, kind, UUID.randomUUID(), event, Map.of());
  }

  private static AlphaRegistered registered(String id) {
    return new AlphaRegistered(
        id,
        id,
        AlphaKind.MOMENTUM,
        new TreeMap<>(),
        List.of(),
        List.of(),
        0.5,
        AlphaStage.INCUBATING,
        null,
        "operator");
  }
}
