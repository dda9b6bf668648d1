package dev.papertape.standalone.verb;

import dev.papertape.standalone.serve.Speed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --speed}. */
final class SpeedOption implements ITypeConverter<Speed> {

  @Override
  public Speed convert(String text) {
    try {
      return Speed.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
