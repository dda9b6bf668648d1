package dev.papertape.eventstore.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem before it is tied to a request.
 *
 * @param detail one sentence on this occurrence
 * @param errors every violation at once; empty when the problem is not about the request's content
 * @param members extra members such as {@code allowedActions} or {@code known}
 * @param headers extra response headers such as {@code Allow} or {@code Retry-After}
 */
public record Problem(
    ProblemKind kind,
    String detail,
    List<Violation> errors,
    Map<String, ?> members,
    Map<String, String> headers) {

  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of(), Map.of(), Map.of());
  }

  /** 404 that names the ones that exist. */
  public static Problem unknown(String what, String given, Iterable<?> known) {
    String names = String.join(", ", strings(known));
    String detail =
        "no " + what + " '" + given + "'" + (names.isEmpty() ? "" : "; known: " + names);
    return of(ProblemKind.NOT_FOUND, detail).with("known", strings(known));
  }

  /** 409 with what may be done instead. */
  public static Problem wrongState(String detail, List<String> allowedActions) {
    return of(ProblemKind.WRONG_STATE, detail).with("allowedActions", allowedActions);
  }

  /** A 503 or 429 that says when to come again; rounded up to whole seconds, at least one. */
  public static Problem retryLater(ProblemKind kind, String detail, Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return of(kind, detail).withHeader("Retry-After", Long.toString(seconds));
  }

  /** 400 for a query parameter that was readable, but asks for what there is not. */
  public static Problem parameter(String name, String code, String message, String rejected) {
    return violated(
        ProblemKind.INVALID_PARAMETERS,
        List.of(Violation.ofQuery(name, code, name + " " + message, rejected)));
  }

  /** 422 for a body that kept its contract when it was read, but not when it was its turn. */
  public static Problem refused(
      String pointer, String code, String message, @Nullable String rejected) {
    return violated(
        ProblemKind.CONTRACT_VIOLATION, List.of(new Violation(pointer, code, message, rejected)));
  }

  static Problem violated(ProblemKind kind, List<Violation> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().message()
            : errors.size() + " violations; see errors";
    return new Problem(kind, detail, List.copyOf(errors), Map.of(), Map.of());
  }

  public Problem with(String member, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.put(member, value);
    return new Problem(kind, detail, errors, all, headers);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Problem(kind, detail, errors, members, all);
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** The members of the JSON object, in their order. */
  Map<String, @Nullable Object> body(@Nullable String instance) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", kind.type());
    body.put("title", kind.title());
    body.put("status", kind.status());
    body.put("detail", detail);
    body.put("instance", instance);
    body.put("errors", errors);
    body.putAll(members);
    return body;
  }

  private static List<String> strings(Iterable<?> values) {
    var strings = new ArrayList<String>();
    values.forEach(value -> strings.add(value.toString()));
    return strings;
  }
}
