package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * How values look in responses: decimals as plain strings with every digit they have, times as
 * ISO-8601 UTC with 3, 6 or 9 fraction digits, ratios as numbers, what is not finite as null.
 */
final class WebJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  WebJson() {
    super("papertape-web");
    addSerializer(BigDecimal.class, new Decimals());
    addSerializer(Instant.class, new Instants());
    addSerializer(Double.class, new Doubles());
    addSerializer(double.class, new Doubles());
  }

  private static final class Decimals extends JsonSerializer<BigDecimal> {
    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toPlainString());
    }
  }

  private static final class Instants extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      boolean wholeSecond = value.getNano() == 0;
      json.writeString(wholeSecond ? MILLIS.format(value) : value.toString());
    }
  }

  private static final class Doubles extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }
}
