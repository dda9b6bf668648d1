package dev.papertape.eventstore;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param queueEvents events that may wait for the appender; more are refused with 503
 * @param batchEvents events after which a transaction takes no further unit of work
 */
@ConfigurationProperties("papertape.event-store")
record EventStoreProperties(
    @DefaultValue("32768") int queueEvents, @DefaultValue("2048") int batchEvents) {}
