package dev.papertape.simulator.binance;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Query parameters read one by one, so that what nobody read can be refused. */
final class Query {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

  private final Map<String, List<String>> parameters;
  private final Set<String> read = new HashSet<>();

  Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  String text(String name) throws BadRequest {
    return optionalText(name).orElseThrow(() -> BadRequest.missing(name));
  }

  Optional<String> optionalText(String name) throws BadRequest {
    read.add(name);
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw BadRequest.duplicate(name);
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.getFirst().isEmpty()) {
      throw BadRequest.missing(name);
    }
    return Optional.of(values.getFirst());
  }

  OptionalLong number(String name) throws BadRequest {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!NUMBER.matcher(text.get()).matches()) {
      throw BadRequest.illegalNumber(name);
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw BadRequest.invalid(name);
    }
  }

  /** A row count; larger ones than {@code most} are cut, as Binance does. */
  int limit(int usual, int most) throws BadRequest {
    long limit = number("limit").orElse(usual);
    if (limit < 1) {
      throw BadRequest.invalid("limit");
    }
    return (int) Math.min(limit, most);
  }

  void requireAllRead() throws BadRequest {
    int sent = parameters.size();
    int known = (int) parameters.keySet().stream().filter(read::contains).count();
    if (known < sent) {
      throw BadRequest.unread(known, sent);
    }
  }
}
