package dev.papertape.eventstore.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** What it is that cannot be read in a request that is refused before it reaches a route. */
final class UnreadableRequest {
  private UnreadableRequest() {}

  /**
   * @param request as far as Tomcat has read it: without a path if it stopped in the request line
   * @param tomcatSays why; Tomcat gives a sentence for the paths that it refuses and for nothing
   *     else
   */
  static Violation of(HttpServletRequest request, @Nullable String tomcatSays) {
    String path = request.getRequestURI();
    if (path == null) {
      return new Violation("", "UNREADABLE", "the request line cannot be read", null);
    }
    if (tomcatSays != null || !isDecodable(path)) {
      return path(path);
    }
    List<String> hosts = Collections.list(request.getHeaders("Host"));
    if (hosts.isEmpty()) {
      return Violation.ofHeader("Host", "MISSING", "Host is required", null);
    }
    if (hosts.size() > 1) {
      String all = String.join(",", hosts);
      return Violation.ofHeader("Host", "REPEATED", "Host may be given once", all);
    }
    return new Violation("", "UNREADABLE", "the request's headers cannot be read", null);
  }

  static Violation path(String path) {
    return new Violation(
        "/path",
        "UNREADABLE",
        "the path cannot be decoded, leaves the root, or has a character that no path may have",
        path);
  }

  /** Whether the path, its parameters ({@code ;name=value}) included, is escaped UTF-8. */
  static boolean isDecodable(String path) {
    try {
      byte[] bytes =
          StringUtils.uriDecode(path, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).hasRemaining();
    } catch (IllegalArgumentException | CharacterCodingException unreadable) {
      return false;
    }
  }
}
