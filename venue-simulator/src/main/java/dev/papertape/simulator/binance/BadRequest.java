package dev.papertape.simulator.binance;

/**
 * A parameter that Binance refuses with 400; carries its numeric code. Never leaves the package.
 */
final class BadRequest extends Exception {

  private final int code;

  private BadRequest(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  RestReply reply() {
    return RestReply.error(400, code, String.valueOf(getMessage()));
  }

  static BadRequest missing(String name) {
    return new BadRequest(
        -1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.");
  }

  static BadRequest illegalNumber(String name) {
    return new BadRequest(
        -1100,
        "Illegal characters found in parameter '" + name + "'; legal range is '^[0-9]{1,20}$'.");
  }

  static BadRequest unread(int read, int sent) {
    return new BadRequest(
        -1104,
        "Not all sent parameters were read; read '"
            + read
            + "' parameter(s) but was sent '"
            + sent
            + "'.");
  }

  static BadRequest duplicate(String name) {
    return new BadRequest(-1101, "Duplicate values for parameter '" + name + "'.");
  }

  static BadRequest combination() {
    return new BadRequest(-1128, "Combination of optional parameters invalid.");
  }

  static BadRequest invalid(String name) {
    return new BadRequest(-1130, "Data sent for parameter '" + name + "' is not valid.");
  }

  static BadRequest symbol() {
    return new BadRequest(-1121, "Invalid symbol.");
  }

  static BadRequest interval() {
    return new BadRequest(-1120, "Invalid interval.");
  }
}
