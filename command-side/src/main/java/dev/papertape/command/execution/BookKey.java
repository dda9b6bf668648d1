package dev.papertape.command.execution;

import dev.papertape.command.market.BookView;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names one book. */
record BookKey(Venue venue, Symbol symbol) {
  static BookKey of(BookView view) {
    return new BookKey(view.instrument().venue(), view.instrument().symbol());
  }

  /** The book of this name, null when its venue no longer lists it. */
  @Nullable BookView in(Function<Symbol, ? extends List<? extends BookView>> books) {
    for (BookView view : books.apply(symbol)) {
      if (view.instrument().venue().equals(venue)) {
        return view;
      }
    }
    return null;
  }
}
