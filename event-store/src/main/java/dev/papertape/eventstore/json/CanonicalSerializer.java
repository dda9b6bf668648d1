package dev.papertape.eventstore.json;

import org.axonframework.common.ObjectUtils;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Axon's way to canonical JSON and logical names: for events, messages, snapshots and all else.
 * Classes that are no registered events (snapshots, metadata) go by their class name and their
 * {@code @Revision}.
 */
public final class CanonicalSerializer extends JacksonSerializer {
  private final CanonicalJson json;
  private final EventNames names;

  public CanonicalSerializer(CanonicalJson json, EventNames names) {
    // A copy, since Axon registers its own module with the mapper.
    super(JacksonSerializer.builder().objectMapper(json.mapper().copy()));
    this.json = json;
    this.names = names;
  }

  @Override
  public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
    T content = getConverter().convert(json.write(object), expectedRepresentation);
    return new SimpleSerializedObject<>(
        content, expectedRepresentation, typeForClass(ObjectUtils.nullSafeTypeOf(object)));
  }

  @Override
  public SerializedType typeForClass(Class type) {
    return names
        .find(type)
        .<SerializedType>map(name -> new SimpleSerializedType(name.name(), name.revision()))
        .orElseGet(() -> super.typeForClass(type));
  }

  @Override
  public Class<?> classForType(SerializedType type) {
    Class<?> registered = names.classOf(type.getName());
    return registered == null ? super.classForType(type) : registered;
  }
}
