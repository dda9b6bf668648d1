package dev.papertape.eventstore.web;

/**
 * A member of a body; also the key under which its value is found when it was read.
 *
 * <p>An optional member that is {@code null} counts as absent.
 *
 * @param <T> what its value becomes
 */
public record Field<T>(String name, boolean isRequired, JsonRule<T> rule) {
  public static <T> Field<T> required(String name, JsonRule<T> rule) {
    return new Field<>(name, true, rule);
  }

  public static <T> Field<T> optional(String name, JsonRule<T> rule) {
    return new Field<>(name, false, rule);
  }
}
