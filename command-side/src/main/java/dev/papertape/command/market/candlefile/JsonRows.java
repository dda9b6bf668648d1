package dev.papertape.command.market.candlefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON at any depth: an object with a time, open, high, low and close is a row (ta4j's
 * Coinbase and BinanceUS shapes), and so is an array of plain values within an array (Binance's,
 * Coinbase's and Kraken's REST, ccxt's). Numbers are taken as they are written.
 */
final class JsonRows {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final int LOOKED_AT = 50;

  /** What a row holds beyond these is not looked at. */
  private static final int MOST_VALUES = 64;

  private final Rows rows;
  private final RowTime times = new RowTime(null);
  private final List<List<String>> waiting = new ArrayList<>();
  private @Nullable Columns ofObjects;
  private List<String> namesOfObjects = List.of();
  private @Nullable Columns ofArrays;
  private long row;

  JsonRows(Rows rows) {
    this.rows = rows;
  }

  boolean isLabelledByEnd() {
    return ofObjects != null && ofObjects.labelledByEnd();
  }

  /** Returns what makes this no candle file, or where it breaks off; null if it is whole. */
  @Nullable String read(InputStream input) throws IOException {
    String problem = null;
    try (JsonParser parser = JSON.createParser(input)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          object(parser);
        } else if (token == JsonToken.START_ARRAY) {
          array(parser, false);
        }
      }
    } catch (JsonProcessingException broken) {
      problem = "it is broken after %d rows: %s".formatted(row, broken.getOriginalMessage());
    }
    arraysWaiting();
    return problem == null && row == 0
        ? "it has no rows of time, open, high, low and close"
        : problem;
  }

  private void object(JsonParser parser) throws IOException {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(parser);
      } else if (value == JsonToken.START_ARRAY) {
        array(parser, false);
      } else if (names.size() < MOST_VALUES) {
        names.add(name);
        values.add(parser.getText());
      }
    }
    if (!names.equals(namesOfObjects) || ofObjects == null) {
      Columns named = Columns.named(names);
      if (named == null) {
        brokenRow(names, values);
        return;
      }
      namesOfObjects = names;
      ofObjects = named;
    }
    rows.add(ofObjects, times, values, ++row);
  }

  /** An object among rows that lacks one of their fields. */
  private void brokenRow(List<String> names, List<String> values) {
    if (ofObjects != null && names.stream().anyMatch(namesOfObjects::contains)) {
      rows.addUnreadable(++row, names + " " + values, "fields of the other rows are missing");
    }
  }

  private void array(JsonParser parser, boolean withinArray) throws IOException {
    List<String> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        object(parser);
      } else if (token == JsonToken.START_ARRAY) {
        array(parser, true);
      } else if (values.size() < MOST_VALUES) {
        values.add(parser.getText());
      }
    }
    if (!withinArray || values.isEmpty()) {
      return;
    }
    waiting.add(values);
    if (ofArrays != null || waiting.size() == LOOKED_AT) {
      arraysWaiting();
    }
  }

  /** The order of the columns shows in several rows only. */
  private void arraysWaiting() {
    if (ofArrays == null && !waiting.isEmpty()) {
      int width = waiting.stream().mapToInt(List::size).max().orElseThrow();
      ofArrays =
          Columns.unnamed(waiting.stream().filter(values -> values.size() == width).toList());
    }
    Columns found = ofArrays;
    for (List<String> values : waiting) {
      if (found != null) {
        rows.add(found, times, values, ++row);
      } else {
        rows.addUnreadable(++row, values.toString(), "no candle");
      }
    }
    waiting.clear();
  }
}
