package dev.papertape.command.market.kraken;

import dev.papertape.contracts.market.Symbol;
import java.util.HashMap;
import java.util.Map;

/**
 * How many levels a side each symbol's book is subscribed with: as the venue confirmed it, else the
 * smallest depth on offer that holds the snapshot.
 */
final class SubscribedDepths {
  static final int DEFAULT = 10;
  static final int DEEPEST = 1000;

  private static final int[] ON_OFFER = {DEFAULT, 25, 100, 500, DEEPEST};

  private final Map<Symbol, Integer> confirmed = new HashMap<>();
  private final Map<Symbol, Integer> guessed = new HashMap<>();

  void subscribed(Symbol symbol, int depth) {
    confirmed.put(symbol, Math.max(1, depth));
  }

  /** A snapshot came with so many levels on its deeper side. */
  void met(Symbol symbol, int levels) {
    int depth = DEEPEST;
    for (int i = ON_OFFER.length - 1; i >= 0; i--) {
      depth = ON_OFFER[i] >= levels ? ON_OFFER[i] : depth;
    }
    guessed.put(symbol, depth);
  }

  int of(Symbol symbol) {
    Integer depth = confirmed.get(symbol);
    return depth != null ? depth : guessed.getOrDefault(symbol, DEFAULT);
  }
}
