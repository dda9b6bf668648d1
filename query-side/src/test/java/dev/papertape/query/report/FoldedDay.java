package dev.papertape.query.report;

import static dev.papertape.query.SampleEvents.T0;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import dev.papertape.query.report.ReportWindow.Span;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/** Events folded into rows in memory, and reports read of these rows. */
final class FoldedDay {
  private final EventJson json = new EventJson(new CanonicalJson());
  private final InMemoryRows rows = new InMemoryRows();
  private final ReportFold fold =
      new ReportFold(
          json, Era.BEFORE_ALL, 0, 0, LedgerView.NONE, new ArrayDeque<>(), new ArrayDeque<>());
  private long position;
  private long newest;

  static FoldedDay of(List<? extends DomainEvent> events) {
    FoldedDay day = new FoldedDay();
    events.forEach(day::apply);
    return day;
  }

  void apply(DomainEvent event) {
    position++;
    fold.apply(InMemoryRows.logged(position, "order:o", event), rows);
    Instant feedTime = Ledger.feedTime(event);
    if (feedTime != null) {
      newest = feedTime.getEpochSecond();
    }
  }

  Map<String, List<?>> table(String name) {
    return rows.table(name);
  }

  /** The newest row by the second that is not after so many seconds past T0. */
  LedgerView at(long seconds) {
    for (long second = T0.getEpochSecond() + seconds; second >= T0.getEpochSecond(); second--) {
      List<?> row = rows.table("report_ledger").get("[1, 1, " + second + "]");
      if (row != null) {
        return json.view(row.get(1).toString(), LedgerView.class);
      }
    }
    return LedgerView.NONE;
  }

  /** What came between two seconds past T0, the first not included. */
  ReportReading reading(long from, long to) {
    LedgerView start = at(from);
    LedgerView end = at(to);
    long zero = T0.getEpochSecond();
    return new ReportReading(
        new Span(zero + from, zero + to, 1),
        Instant.ofEpochSecond(newest),
        new Era(1, 1, zero, newest),
        start,
        end,
        Figures.of(end).minus(Figures.of(start)));
  }
}
