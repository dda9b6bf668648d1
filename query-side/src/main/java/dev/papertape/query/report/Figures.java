package dev.papertape.query.report;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Amounts by alpha id and symbol.
 *
 * @param byAlpha of every alpha that ever did anything
 */
public record Figures(SortedMap<String, SortedMap<String, Amounts>> byAlpha) {
  public static final Figures NONE = new Figures(new TreeMap<>());

  static Figures of(LedgerView view) {
    SortedMap<String, SortedMap<String, Amounts>> byAlpha = new TreeMap<>();
    view.cells()
        .forEach(
            (alphaId, symbols) -> {
              SortedMap<String, Amounts> amounts = new TreeMap<>();
              symbols.forEach(
                  (symbol, cell) ->
                      amounts.put(symbol, Amounts.of(cell, view.marks().get(symbol))));
              byAlpha.put(alphaId, amounts);
            });
    return new Figures(byAlpha);
  }

  Figures plus(Figures other) {
    return with(other, Amounts::plus);
  }

  Figures minus(Figures other) {
    return with(other, Amounts::minus);
  }

  private Figures with(Figures other, BinaryOperator<Amounts> operator) {
    SortedMap<String, SortedMap<String, Amounts>> result = new TreeMap<>();
    byAlpha.forEach((alphaId, symbols) -> result.put(alphaId, new TreeMap<>(symbols)));
    other.byAlpha.forEach(
        (alphaId, symbols) ->
            symbols.forEach(
                (symbol, amounts) ->
                    result
                        .computeIfAbsent(alphaId, id -> new TreeMap<>())
                        .compute(
                            symbol,
                            (s, own) ->
                                operator.apply(own == null ? Amounts.NONE : own, amounts))));
    return new Figures(result);
  }

  /** Over all symbols. */
  SortedMap<String, Amounts> alphas() {
    SortedMap<String, Amounts> alphas = new TreeMap<>();
    byAlpha.forEach(
        (alphaId, symbols) ->
            alphas.put(alphaId, symbols.values().stream().reduce(Amounts.NONE, Amounts::plus)));
    return alphas;
  }

  /** Over all alphas. */
  Amounts total() {
    return alphas().values().stream().reduce(Amounts.NONE, Amounts::plus);
  }
}
