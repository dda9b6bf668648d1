package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Formats beyond those of JSON Schema. Each says what the standard keywords beside it cannot, and
 * says it in words; a validator that does not know them still has those keywords.
 */
enum ValueFormat {
  /** See {@link Text}. */
  TEXT("text") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return value.isTextual() ? Text.refusal(value.textValue()) : null;
    }
  },
  /** See {@link InputDecimal}. */
  DECIMAL_INPUT("decimal-input") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return InputDecimal.refusal(value, false);
    }
  },
  /** The same, greater than 0. */
  POSITIVE_DECIMAL_INPUT("positive-decimal-input") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return InputDecimal.refusal(value, true);
    }
  },
  /** A time with its offset, as {@link Instant#parse} reads it. */
  TIME_INPUT("time-input") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return !value.isTextual() || isTime(value.textValue())
          ? null
          : new Refusal("NOT_A_TIME", "must be an ISO-8601 time such as 2024-08-08T14:03:07Z");
    }
  },
  /** A log position or a time. */
  MOMENT("moment") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return !value.isTextual()
              || value.textValue().matches("[0-9]{1,18}")
              || isTime(value.textValue())
          ? null
          : new Refusal(
              "NOT_A_MOMENT",
              "must be a log position or an ISO-8601 time such as 2024-08-08T14:03:07Z");
    }
  },
  /** See {@link WireNumber}. */
  WIRE_DECIMAL("wire-decimal") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return WireNumber.refusal(value, false);
    }
  },
  /** The same, greater than 0. */
  WIRE_PRICE("wire-price") {
    @Override
    @Nullable Refusal refusal(JsonNode value) {
      return WireNumber.refusal(value, true);
    }
  };

  private final String keyword;

  ValueFormat(String keyword) {
    this.keyword = keyword;
  }

  /**
   * @return null for a value that keeps the format, and for one of a type that it is not about
   */
  abstract @Nullable Refusal refusal(JsonNode value);

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException unreadable) {
      return false;
    }
  }

  static Optional<ValueFormat> named(String keyword) {
    return Arrays.stream(values()).filter(format -> format.keyword.equals(keyword)).findFirst();
  }

  Format asAssertion() {
    return new Format() {
      @Override
      public String getName() {
        return keyword;
      }

      @Override
      public boolean matches(ExecutionContext run, SchemaContext schema, JsonNode value) {
        return refusal(value) == null;
      }
    };
  }
}
