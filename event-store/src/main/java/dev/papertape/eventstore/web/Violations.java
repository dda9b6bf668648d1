package dev.papertape.eventstore.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong while a request is read to its end; says it in the request's order. */
public final class Violations {
  private record Placed(int place, Violation violation) {}

  private final List<Placed> found = new ArrayList<>();
  private ToIntFunction<String> places = pointer -> Integer.MAX_VALUE;
  private boolean malformed;

  /** From now on what is found stands where its pointer's value stands. */
  void placedBy(ToIntFunction<String> placeOfPointer) {
    places = placeOfPointer;
  }

  /** Well-formed, but against the contract: answered with 422. */
  public void add(String pointer, String code, String message, @Nullable String rejected) {
    add(places.applyAsInt(pointer), new Violation(pointer, code, message, rejected));
  }

  void add(int place, Violation violation) {
    found.add(new Placed(place, violation));
  }

  /** Not JSON (or not I-JSON, RFC 7493) at all: answered with 400. */
  void addMalformed(String pointer, String code, String message, @Nullable String rejected) {
    addMalformed(Integer.MAX_VALUE, new Violation(pointer, code, message, rejected));
  }

  void addMalformed(int place, Violation violation) {
    malformed = true;
    add(place, violation);
  }

  boolean isMalformed() {
    return malformed;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Violation> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(Placed::place))
        .map(Placed::violation)
        .toList();
  }
}
