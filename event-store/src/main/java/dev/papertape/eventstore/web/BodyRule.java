package dev.papertape.eventstore.web;

/**
 * What a contract's schema cannot say, for example that a symbol is one that is traded now. Runs
 * even if other members are refused: it looks at members by {@code find}, and those that broke the
 * schema are absent.
 */
@FunctionalInterface
public interface BodyRule {
  void check(Members members, Violations violations);
}
