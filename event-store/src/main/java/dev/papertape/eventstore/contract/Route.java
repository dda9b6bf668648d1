package dev.papertape.eventstore.contract;

/**
 * A route of the program.
 *
 * @param method of HTTP, upper case
 * @param pattern its path as the controller declares it, for example {@code /api/orders/{orderId}}
 */
public record Route(String method, String pattern) {
  /** Reads {@code POST /api/orders}. */
  public static Route of(String text) {
    int space = text.indexOf(' ');
    if (space <= 0) {
      throw new IllegalArgumentException("not a route: " + text);
    }
    return new Route(text.substring(0, space), text.substring(space + 1));
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
