package dev.papertape.eventstore.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong while a request is read to its end. */
public final class Violations {
  private final List<Violation> found = new ArrayList<>();
  private boolean malformed;

  /** Well-formed, but against the contract: answered with 422. */
  public void add(String pointer, String code, String message, @Nullable String rejected) {
    found.add(new Violation(pointer, code, message, rejected));
  }

  /** Not JSON (or not I-JSON, RFC 7493) at all: answered with 400. */
  void addMalformed(String pointer, String code, String message, @Nullable String rejected) {
    malformed = true;
    add(pointer, code, message, rejected);
  }

  boolean isMalformed() {
    return malformed;
  }

  int count() {
    return found.size();
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Violation> all() {
    return List.copyOf(found);
  }
}
