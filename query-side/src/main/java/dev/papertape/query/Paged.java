package dev.papertape.query;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters of a route that pages, newest first. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
    name = "limit",
    in = ParameterIn.QUERY,
    description = "page size",
    schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
@Parameter(
    name = "before",
    in = ParameterIn.QUERY,
    description = "only what is older than this log position",
    schema = @Schema(type = "integer", format = "int64", minimum = "0"))
public @interface Paged {}
