package dev.papertape.command.population;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The population that a fresh log begins with, under {@code papertape.population}.
 *
 * @param enabled whether there is one; it needs the built-in alphas
 * @param members how many there are, 2 to 32
 * @param interval feed time of a generation, at least a second
 */
@ConfigurationProperties("papertape.population")
public record PopulationProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("8") int members,
    @DefaultValue("60s") Duration interval) {}
