package dev.papertape.query.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaBenched;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaChanged;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaPaused;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaResumed;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaRetired;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlphaFoldTest {
  private static final EventJson JSON = new EventJson(new CanonicalJson());

  private final InMemoryRows rows = new InMemoryRows();
  private final AlphaFold fold = new AlphaFold(JSON, AlphaRoster.EMPTY, Map.of());
  private long position;

  @Test
  void showsAnAlphaAsItsEventsLeftIt() {
    apply(new AlphaBenched("mine", "THREW", "It threw."));
    assertThat(rows.table("alpha_registry").get("[mine]"))
        .isEqualTo(Arrays.asList("THREW: It threw.", null));

    apply(registered());
    assertThat(entry().benchedReason()).isEqualTo("THREW: It threw.");
    assertThat(entry().tradedWeight()).isZero();

    apply(new AlphaResumed("mine", "mended"));
    assertThat(entry().benchedReason()).isNull();
    assertThat(entry().tradedWeight()).isEqualTo(0.2);

    apply(new AlphaChanged("mine", new TreeMap<>(Map.of("enter", 2.0)), 0.4, "pop-1", "trained"));
    apply(new AlphaPaused("mine", "drill"));
    assertThat(entry().params()).containsExactly(Map.entry("enter", 2.0));
    assertThat(entry().weight()).isEqualTo(0.4);
    assertThat(entry().populationId()).isEqualTo("pop-1");
    assertThat(entry().paused()).isTrue();
    assertThat(entry().allowedActions()).extracting(Enum::name).containsExactly("CHANGE", "RESUME");

    apply(new AlphaRetired("mine", AlphaStage.CANARY, "enough"));
    assertThat(entry().stage()).isEqualTo(AlphaStage.RETIRED);
    assertThat(entry().allowedActions()).isEmpty();
  }

  private AlphaEntry entry() {
    return JSON.view(
        String.valueOf(rows.table("alpha_registry").get("[mine]").get(1)), AlphaEntry.class);
  }

  private void apply(DomainEvent event) {
    position++;
    fold.apply(InMemoryRows.logged(position, "alpha:mine", event), rows);
  }

  private static AlphaRegistered registered() {
    return new AlphaRegistered(
        "mine",
        "Mine",
        AlphaKind.MOMENTUM,
        new TreeMap<>(Map.of("enter", 1.0)),
        List.of(),
        List.of(),
        0.8,
        AlphaStage.CANARY,
        null,
        "operator");
  }
}
