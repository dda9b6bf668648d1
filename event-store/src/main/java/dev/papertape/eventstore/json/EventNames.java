package dev.papertape.eventstore.json;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The stable logical names under which payloads are stored, for example {@code router.OrderRouted},
 * with the revision that this release writes. A class may move; its name in the log does not.
 */
public final class EventNames {
  /** Revision of a class that says nothing about it. */
  public static final String FIRST_REVISION = "1";

  /** Name and revision of what is written now. */
  public record EventName(String name, String revision) {}

  private final Map<Class<?>, EventName> byClass = new HashMap<>();
  private final Map<String, Class<?>> byName = new HashMap<>();

  private EventNames() {}

  /**
   * Revisions from {@link Revision} annotations, {@link #FIRST_REVISION} without one.
   *
   * @throws IllegalArgumentException if two classes have one name
   */
  public static EventNames of(Collection<Class<?>> types, Function<Class<?>, String> naming) {
    return of(types, naming, EventNames::annotatedRevision);
  }

  /**
   * @param revision the revision that this release writes of a class
   * @throws IllegalArgumentException if two classes have one name
   */
  public static EventNames of(
      Collection<Class<?>> types,
      Function<Class<?>, String> naming,
      Function<Class<?>, String> revision) {
    EventNames names = new EventNames();
    for (Class<?> type : types) {
      String name = naming.apply(type);
      Class<?> other = names.byName.put(name, type);
      if (other != null && other != type) {
        throw new IllegalArgumentException(other + " and " + type + " are both named " + name);
      }
      names.byClass.put(type, new EventName(name, revision.apply(type)));
    }
    return names;
  }

  /**
   * Name and revision of a registered class.
   *
   * @throws IllegalArgumentException if the class is not registered
   */
  public EventName of(Class<?> type) {
    EventName name = byClass.get(type);
    if (name == null) {
      throw new IllegalArgumentException(type.getName() + " is not a registered event");
    }
    return name;
  }

  /** Name and revision, empty for a class that is not registered. */
  public Optional<EventName> find(Class<?> type) {
    return Optional.ofNullable(byClass.get(type));
  }

  /** The class of a name, null if it is not registered. */
  public @Nullable Class<?> classOf(String name) {
    return byName.get(name);
  }

  private static String annotatedRevision(Class<?> type) {
    Revision revision = type.getAnnotation(Revision.class);
    return revision == null ? FIRST_REVISION : revision.value();
  }
}
