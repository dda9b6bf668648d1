package dev.papertape.eventstore.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * {@code X-Read-After: <position>}: holds a read back until its projections have got there, 2 s at
 * most for all of them together. A header that is no position is refused on every route.
 */
final class ReadAfterInterceptor implements HandlerInterceptor {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final SingleHeader HEADER =
      new SingleHeader(
          PositionHeaders.READ_AFTER,
          Pattern.compile("[0-9]{1,18}"),
          "NOT_A_POSITION",
          "must be a log position, 0 or more");

  private final ProjectionPositions positions;

  ReadAfterInterceptor(ProjectionPositions positions) {
    this.positions = positions;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      return true;
    }
    long position = HEADER.read(request).map(Long::parseLong).orElse(0L);
    if (handler instanceof HandlerMethod method && position > 0) {
      ReadsProjection reads = find(method);
      if (reads != null) {
        await(reads.value(), position);
      }
    }
    return true;
  }

  private void await(String[] projections, long position) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    for (String projection : projections) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!positions.awaitPosition(projection, position, left)) {
        throw Problem.retryLater(
                ProblemKind.POSITION_NOT_REACHED,
                projection + " has not reached position " + position + " yet",
                RETRY_AFTER)
            .asException();
      }
    }
  }

  private static @Nullable ReadsProjection find(HandlerMethod method) {
    ReadsProjection onMethod = method.getMethodAnnotation(ReadsProjection.class);
    return onMethod != null
        ? onMethod
        : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), ReadsProjection.class);
  }
}
