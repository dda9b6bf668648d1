package dev.papertape.eventstore.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;

/** An instant as ISO-8601 UTC text with 3, 6 or 9 fraction digits, as few as it needs. */
public final class InstantText extends StdSerializer<Instant> {
  private static final long serialVersionUID = 1L;

  InstantText() {
    super(Instant.class);
  }

  /** For example {@code 2026-01-02T03:04:05.000Z}. */
  public static String of(Instant instant) {
    String text = instant.toString();
    return instant.getNano() == 0 ? text.substring(0, text.length() - 1) + ".000Z" : text;
  }

  @Override
  public void serialize(Instant instant, JsonGenerator generator, SerializerProvider provider)
      throws IOException {
    generator.writeString(of(instant));
  }
}
