package dev.papertape.eventstore.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of an object that were read without a violation. */
public final class Parsed {
  private final Map<Field<?>, Object> values = new HashMap<>();
  private final Set<Field<?>> given = new HashSet<>();

  void given(Field<?> field) {
    given.add(field);
  }

  void put(Field<?> field, Object value) {
    values.put(field, value);
  }

  /** Whether the member was there with a value, readable or not; {@code null} is no value. */
  public boolean wasGiven(Field<?> field) {
    return given.contains(field);
  }

  /**
   * A required member's value.
   *
   * @throws IllegalStateException when the object was not valid or the member is optional: a bug
   */
  public <T> T get(Field<T> field) {
    return find(field).orElseThrow(() -> new IllegalStateException("not read: " + field.name()));
  }

  @SuppressWarnings("unchecked") // a field's values come from its own rule only
  public <T> Optional<T> find(Field<T> field) {
    return Optional.ofNullable((T) values.get(field));
  }
}
