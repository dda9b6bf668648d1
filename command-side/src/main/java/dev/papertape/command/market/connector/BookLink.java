package dev.papertape.command.market.connector;

import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An open socket and the subscriptions to its books. While a book's subscription is being begun
 * anew, what still comes of the one before it is of an earlier need: it is not handed on until the
 * venue has said that the earlier one ended. Thread-safe.
 */
final class BookLink {
  private final Outbox outbox;
  private final Subscriptions protocol;
  private final Map<Symbol, String> wireNames;
  private final Duration patience;
  private final Map<Symbol, Instant> underway = new ConcurrentHashMap<>();
  private final Map<Symbol, Long> leaving = new ConcurrentHashMap<>();
  private final Map<Symbol, Integer> fruitless = new ConcurrentHashMap<>();
  private final Map<Symbol, Long> answeredAt = new ConcurrentHashMap<>();
  private long requests;

  /**
   * Subscribes to everything.
   *
   * @param patience how long a book's snapshot may be under way before it is asked for again
   */
  BookLink(
      Outbox outbox,
      Subscriptions protocol,
      List<InstrumentRules> instruments,
      Duration patience,
      Instant now) {
    this.outbox = outbox;
    this.protocol = protocol;
    this.patience = patience;
    this.wireNames =
        instruments.stream()
            .collect(
                Collectors.toUnmodifiableMap(InstrumentRules::symbol, InstrumentRules::wireSymbol));
    wireNames.keySet().forEach(symbol -> underway.put(symbol, now));
    List<String> messages =
        protocol.everything(instruments.stream().map(InstrumentRules::wireSymbol).toList());
    requests = messages.size();
    messages.forEach(outbox::send);
  }

  /** Whether a snapshot of the book was handed on since. */
  boolean answeredSince(Symbol symbol, long nanos) {
    Long answered = answeredAt.get(symbol);
    return answered != null && answered - nanos >= 0;
  }

  /** Asks for these books anew, but for those whose snapshot is under way since a short time. */
  synchronized void askAnew(Set<Symbol> symbols, Instant now) {
    List<Symbol> due =
        symbols.stream()
            .filter(wireNames::containsKey)
            .filter(
                symbol -> {
                  Instant since = underway.get(symbol);
                  return since == null || since.plus(patience).isBefore(now);
                })
            .toList();
    if (due.isEmpty()) {
      return;
    }
    for (Symbol symbol : due) {
      underway.put(symbol, now);
      leaving.put(symbol, requests + 1);
      fruitless.merge(symbol, 1, Integer::sum);
    }
    List<String> messages =
        protocol.booksAnew(due.stream().map(wireNames::get).toList(), requests + 1);
    requests += messages.size();
    messages.forEach(outbox::send);
  }

  /** How often in a row the book was asked for anew without any snapshot. */
  int fruitless(Symbol symbol) {
    return fruitless.getOrDefault(symbol, 0);
  }

  /** The venue has carried out the request. */
  void acknowledged(long request, @Nullable Symbol symbol) {
    leaving
        .entrySet()
        .removeIf(
            entry ->
                (symbol == null || symbol.equals(entry.getKey())) && entry.getValue() <= request);
  }

  /** The input without what is of a subscription that is ending. */
  VenueInput current(VenueInput input) {
    VenueInput current = leaving.isEmpty() ? input : withoutLeaving(input);
    note(current);
    return current;
  }

  private VenueInput withoutLeaving(VenueInput input) {
    return switch (input) {
      case DepthSnapshot book when leaving.containsKey(book.symbol()) ->
          new OtherFrame(book.arrival());
      case DepthDiff diff when leaving.containsKey(diff.symbol()) -> new OtherFrame(diff.arrival());
      case Bundle bundle ->
          new Bundle(
              bundle.arrival(),
              bundle.connectionSequence(),
              bundle.parts().stream().map(this::withoutLeaving).toList());
      default -> input;
    };
  }

  private void note(VenueInput handedOn) {
    switch (handedOn) {
      case DepthSnapshot book -> {
        underway.remove(book.symbol());
        fruitless.remove(book.symbol());
        answeredAt.put(book.symbol(), System.nanoTime());
      }
      case Bundle bundle -> bundle.parts().forEach(this::note);
      default -> {}
    }
  }
}
