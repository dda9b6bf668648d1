package dev.papertape.eventstore.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which projections a route reads, so that {@code X-Read-After} can wait for them. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ReadsProjection {
  /** Names of projections; {@link ProjectionPositions#LOG} for the log itself. */
  String[] value();
}
