package dev.papertape.eventstore.json;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * RFC 8785 canonical JSON. Numbers are IEEE doubles in ES6 form, names sorted by UTF-16 code unit,
 * no white space; {@code BigDecimal} is written as a plain decimal string, {@code Instant} as
 * ISO-8601 UTC text with 3, 6 or 9 fraction digits.
 */
public final class CanonicalJson {
  private final ObjectMapper mapper;

  public CanonicalJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** The mapper with which payloads are written and read. */
  public ObjectMapper mapper() {
    return mapper;
  }
}
