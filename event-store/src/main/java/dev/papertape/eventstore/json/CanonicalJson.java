package dev.papertape.eventstore.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8785 canonical JSON. Numbers are IEEE doubles in ES6 form, names sorted by UTF-16 code unit,
 * no white space; {@code BigDecimal} is written as a plain decimal string, {@code Instant} as
 * ISO-8601 UTC text with 3, 6 or 9 fraction digits; nulls are kept. Reading ignores names that a
 * class does not know, so that an older release reads what a newer one wrote.
 */
public final class CanonicalJson {
  private final ObjectMapper mapper;

  /**
   * Writes names in whatever order they come; only what must be sorted afterwards goes this way.
   */
  private final ObjectMapper unsorted;

  public CanonicalJson() {
    this(false);
  }

  private CanonicalJson(boolean fieldsOnly) {
    this.mapper = newMapper(true, fieldsOnly);
    this.unsorted = newMapper(false, fieldsOnly);
  }

  /**
   * For classes with private fields and no accessors, as aggregates are: their fields, nothing
   * else.
   */
  public static CanonicalJson ofFields() {
    return new CanonicalJson(true);
  }

  /**
   * The mapper with which payloads are written and read. What it writes is canonical; it throws for
   * a value whose class puts names out of order ({@link #write} sorts those).
   */
  public ObjectMapper mapper() {
    return mapper;
  }

  /**
   * The value's canonical bytes.
   *
   * @throws NotCanonicalException for NaN, infinities, integers beyond 2^53, lone surrogates, and
   *     whatever Jackson cannot write
   */
  public byte[] write(@Nullable Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      if (isOutOfOrder(e)) {
        return writeSorted(value);
      }
      throw new NotCanonicalException(e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a value.
   *
   * @throws NotCanonicalException if the bytes do not fit the type
   */
  public <T> T read(byte[] json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new NotCanonicalException(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new NotCanonicalException(e.getMessage(), e);
    }
  }

  /**
   * The canonical form of any JSON text, after a strict parse.
   *
   * @throws NotCanonicalException for what is not JSON, and for duplicate names, broken UTF-8, lone
   *     surrogates, integers that no double holds, text after the value
   */
  public byte[] canonicalize(byte[] json) {
    return write(StrictParser.parse(json));
  }

  /** Lower-case hex of the SHA-256 of the bytes. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** A new SHA-256, which every Java has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] writeSorted(@Nullable Object value) {
    try {
      return canonicalize(unsorted.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new NotCanonicalException(e.getOriginalMessage(), e);
    }
  }

  /** Jackson wraps what a generator throws once for each object around it. */
  private static boolean isOutOfOrder(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CanonicalGenerator.OutOfOrder) {
        return true;
      }
    }
    return false;
  }

  private static ObjectMapper newMapper(boolean sorted, boolean fieldsOnly) {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .addDecorator((f, generator) -> new CanonicalGenerator(generator, sorted))
            .build();
    SimpleModule module = new SimpleModule("canonical-json");
    module.addSerializer(new InstantText());
    module.setSerializerModifier(new SortedProperties());
    JsonMapper.Builder mapper = JsonMapper.builder(factory);
    if (fieldsOnly) {
      mapper.visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE);
      mapper.visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    }
    return mapper
        .addModule(new JavaTimeModule())
        .addModule(module)
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** The last word on order, also over {@code @JsonPropertyOrder}. */
  private static final class SortedProperties extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public List<BeanPropertyWriter> orderProperties(
        SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
      properties.sort(Comparator.comparing(BeanPropertyWriter::getName));
      return properties;
    }
  }
}
