package dev.papertape.eventstore.axon;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateVersion;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds a command's aggregate as Axon's {@code AnnotationCommandTargetResolver} does, by the same
 * annotations, but looks a command class through once instead of at every command (a fifth of a
 * caller's time, measured).
 */
public final class RememberedCommandTargets implements CommandTargetResolver {

  private record Accessors(@Nullable Accessor identifier, @Nullable Accessor version) {}

  private interface Accessor {
    @Nullable Object of(Object command);
  }

  private final ClassValue<Accessors> accessors =
      new ClassValue<>() {
        @Override
        protected Accessors computeValue(Class<?> type) {
          return new Accessors(
              accessor(type, TargetAggregateIdentifier.class),
              accessor(type, TargetAggregateVersion.class));
        }
      };

  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
    Accessors of = accessors.get(command.getPayloadType());
    Object identifier = of.identifier() == null ? null : of.identifier().of(command.getPayload());
    if (identifier == null) {
      throw new IllegalArgumentException(
          command.getPayloadType().getSimpleName()
              + " does not identify its aggregate: no member with @TargetAggregateIdentifier, or"
              + " its value is null");
    }
    return new VersionedAggregateIdentifier(
        identifier, of.version() == null ? null : number(of.version().of(command.getPayload())));
  }

  private static @Nullable Long number(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number.longValue();
      default -> Long.valueOf(value.toString());
    };
  }

  private static @Nullable Accessor accessor(
      Class<?> type, Class<? extends Annotation> annotation) {
    for (Method method : ReflectionUtils.methodsOf(type)) {
      if (AnnotationUtils.isAnnotationPresent(method, annotation)) {
        ReflectionUtils.ensureAccessible(method);
        return command -> invoke(method, command);
      }
    }
    for (Field field : ReflectionUtils.fieldsOf(type)) {
      if (AnnotationUtils.isAnnotationPresent(field, annotation)) {
        ReflectionUtils.ensureAccessible(field);
        return command -> ReflectionUtils.getFieldValue(field, command);
      }
    }
    return null;
  }

  private static @Nullable Object invoke(Method method, Object command) {
    try {
      return method.invoke(command);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException("cannot read " + method + " of a command", e);
    }
  }
}
