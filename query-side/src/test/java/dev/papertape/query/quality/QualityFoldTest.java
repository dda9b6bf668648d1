package dev.papertape.query.quality;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.NamedRecord;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.Reexamination;
import dev.papertape.contracts.quality.ReleasedBy;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import dev.papertape.query.SampleEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityFoldTest {
  private static final String L2 = "[BINANCE, BTC-USDT, L2";

  private final InMemoryRows rows = new InMemoryRows();
  private final QualityFold fold =
      new QualityFold(
          new EventJson(new CanonicalJson()),
          new HashSet<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>());
  private long position;

  @Test
  void a_registered_symbol_has_its_three_streams_at_once() {
    apply(SampleEvents.registered(BINANCE, at(0)));
    assertThat(rows.table("quality_stream").keySet())
        .contains(L2 + "]", "[BINANCE, BTC-USDT, OHLCV]", "[BINANCE, BTC-USDT, TRADES]");
  }

  @Test
  void a_new_life_counts_on_top_of_what_those_before_had_counted() {
    apply(observed(1, counts(10, 9, 1, 0)));
    apply(observed(1, counts(20, 18, 2, 0)));
    apply(observed(4, counts(5, 5, 0, 0)));
    apply(observed(4, counts(6, 6, 0, 0)));
    apply(observed(7, counts(1, 1, 0, 0)));

    assertThat(before(1).received()).isZero();
    assertThat(before(4).received()).isEqualTo(20);
    assertThat(before(4).rejected()).isEqualTo(2);
    assertThat(before(4).byReason()).containsEntry(QualityReason.DUPLICATE, 2L);
    assertThat(before(7).received()).isEqualTo(26);
    assertThat(rows.table("quality_observed")).hasSize(5);
  }

  @Test
  void the_first_decision_on_a_record_stands() {
    apply(quarantined("q-1", 1));
    apply(discarded("q-1"));
    apply(released("q-1"));

    assertThat(rows.table("quality_quarantine").get("[q-1]").subList(5, 8))
        .isEqualTo(List.of("DISCARDED", 1L, 2L));
    assertThat(rows.table("quality_quarantined").get(L2 + ", 2]")).isEqualTo(List.of(1L, 0L, 1L));
    assertThat(rows.table("quality_quarantined")).hasSize(2);
  }

  @Test
  void records_that_share_an_event_are_decided_together() {
    apply(quarantined("q-1", 3));
    apply(quarantined("q-2", 1));
    apply(released("q-1"));

    assertThat(rows.table("quality_quarantined").get(L2 + ", 3]")).isEqualTo(List.of(4L, 3L, 0L));
  }

  @Test
  void frames_of_no_symbol_have_a_stream_of_their_own() {
    apply(observed(1, StreamCounts.none(null, Channel.L2)));
    assertThat(rows.table("quality_stream")).containsKey("[BINANCE, , L2]");
  }

  private StreamTotals before(long life) {
    Object view = rows.table("quality_life").get(L2 + ", " + life + "]").getFirst();
    return new EventJson(new CanonicalJson()).view(view.toString(), StreamTotals.class);
  }

  private void apply(DomainEvent event) {
    position++;
    fold.apply(InMemoryRows.logged(position, "quality:BINANCE", event), rows);
  }

  private static QualityObserved observed(long life, StreamCounts counts) {
    return new QualityObserved(BINANCE, life, List.of(counts), at(1));
  }

  private static StreamCounts counts(
      long received, long accepted, long rejected, long quarantined) {
    return new StreamCounts(
        BTC,
        Channel.L2,
        received,
        accepted,
        0,
        rejected,
        quarantined,
        rejected == 0 ? Map.of() : Map.of(QualityReason.DUPLICATE, rejected),
        0,
        0,
        accepted,
        at(1),
        StreamState.OK);
  }

  private static RecordQuarantined quarantined(String id, int records) {
    List<NamedRecord> further = new ArrayList<>();
    for (int i = 1; i < records; i++) {
      further.add(new NamedRecord(i, at(1), "a".repeat(64)));
    }
    return new RecordQuarantined(
        id,
        BINANCE,
        BTC,
        Channel.L2,
        QualityReason.SCHEMA,
        "cut off",
        Map.of(),
        RawEncoding.WIRE,
        "{",
        1,
        "a".repeat(64),
        further,
        counts(records, 0, 0, records),
        1,
        1,
        at(1),
        at(1));
  }

  private static QuarantineReleased released(String id) {
    return new QuarantineReleased(
        id,
        BINANCE,
        BTC,
        Channel.L2,
        1,
        ReleasedBy.OPERATOR,
        "why",
        new Reexamination(Reexamination.Verdict.PASS, null, "passes"));
  }

  private static QuarantineDiscarded discarded(String id) {
    return new QuarantineDiscarded(id, BINANCE, BTC, Channel.L2, 1, DiscardedBy.OPERATOR, "why");
  }
}
