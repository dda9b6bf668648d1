package dev.papertape.command.alpha;

/**
 * One parameter of an alpha and where it may lie.
 *
 * @param min smallest value
 * @param max largest value
 * @param integer whether only whole numbers are
 * @param standard what it is unless somebody says otherwise
 */
public record ParameterRange(
    String name, double min, double max, boolean integer, double standard) {

  public ParameterRange {
    if (!(min <= standard && standard <= max)) {
      throw new IllegalArgumentException(name + ": " + standard + " is not in its range");
    }
  }

  static ParameterRange whole(String name, int min, int max, int standard) {
    return new ParameterRange(name, min, max, true, standard);
  }

  static ParameterRange real(String name, double min, double max, double standard) {
    return new ParameterRange(name, min, max, false, standard);
  }

  /** Whether the parameter may have this value; NaN and infinities never. */
  public boolean holds(double value) {
    return value >= min && value <= max && (!integer || value == Math.rint(value));
  }

  /** The nearest value that it may have. */
  public double nearest(double value) {
    double inside = Math.clamp(value, min, max);
    return integer ? Math.rint(inside) : inside;
  }
}
