package dev.papertape.standalone.tour;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the tour.
 *
 * @param says one sentence on what it is for
 * @param method upper case
 * @param route as the API's description has it, with its path variables in braces
 * @param call what is asked for, names in braces being what earlier steps kept
 * @param body JSON, names in {@code <angle brackets>} being what earlier steps kept; null without
 *     one
 * @param accepted statuses that are right here
 * @param kept name to JSON Pointer into the reply, for later steps
 */
record Step(
    String says,
    String method,
    String route,
    String call,
    @Nullable String body,
    List<Integer> accepted,
    Map<String, String> kept) {

  static Step get(String route, String call, String says) {
    return new Step(says, "GET", route, call, null, List.of(200), Map.of());
  }

  static Step post(String route, String call, @Nullable String body, String says) {
    return new Step(says, "POST", route, call, body, List.of(200, 201, 202), Map.of());
  }

  Step by(String otherMethod) {
    return new Step(says, otherMethod, route, call, body, accepted, kept);
  }

  /** Replies with one of these, a refusal perhaps: the system trades while the tour is made. */
  Step replying(Integer... statuses) {
    return new Step(says, method, route, call, body, List.of(statuses), kept);
  }

  Step keeping(String name, String pointer) {
    return new Step(says, method, route, call, body, accepted, Map.of(name, pointer));
  }
}
