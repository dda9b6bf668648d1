package dev.papertape.query;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameter of a route that answers as it stood at an earlier moment. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
    name = "asOf",
    in = ParameterIn.QUERY,
    description = "as it stood right after this log position, or at this ISO-8601 recorded time",
    schema = @Schema(type = "string"))
public @interface Historical {}
