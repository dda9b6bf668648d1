package dev.papertape.eventstore.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request header that may be sent once. To take the first of several would be to guess which of
 * them the client means.
 *
 * @param shape of a whole value
 * @param code of a value of another shape
 * @param message about such a value, starting with "must be"
 */
record SingleHeader(String name, Pattern shape, String code, String message) {

  /**
   * @return empty when it was not sent
   * @throws ProblemException 400 with all violations
   */
  Optional<String> read(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(name));
    List<Violation> violations = new ArrayList<>();
    if (values.size() > 1) {
      violations.add(
          Violation.ofHeader(
              name, "REPEATED", name + " may be given once", String.join(",", values)));
    }
    for (String value : values) {
      if (!shape.matcher(value).matches()) {
        violations.add(Violation.ofHeader(name, code, name + " " + message, value));
      }
    }
    if (!violations.isEmpty()) {
      throw Problem.violated(ProblemKind.INVALID_PARAMETERS, violations).asException();
    }
    return values.stream().findFirst();
  }
}
