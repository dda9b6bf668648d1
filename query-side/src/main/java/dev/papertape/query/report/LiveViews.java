package dev.papertape.query.report;

import dev.papertape.query.EventJson;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the bucket that is still being folded. They become text when their batch is
 * written, and then say how the ledger stands at that moment: rows of the newest bucket reflect the
 * newest event. When the bucket is over they are frozen.
 */
final class LiveViews {
  private final EventJson json;
  private final Ledger ledger;
  private @Nullable LedgerView frozen;

  LiveViews(EventJson json, Ledger ledger) {
    this.json = json;
    this.ledger = ledger;
  }

  void freeze() {
    frozen = ledger.view();
  }

  Object view() {
    return new Column(view -> view);
  }

  Object pnl() {
    return new Column(LedgerView::pnl);
  }

  private final class Column {
    private final Function<LedgerView, Object> part;

    private Column(Function<LedgerView, Object> part) {
      this.part = part;
    }

    @Override
    public String toString() {
      LedgerView view = frozen == null ? ledger.view() : frozen;
      return json.column(part.apply(view)).toString();
    }
  }
}
