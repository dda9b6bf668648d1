package dev.papertape.eventstore.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * An object response: the members of {@code body}, then {@code asOf} and {@code position}. Replies
 * that are positioned also carry the position in the header {@code X-Position}.
 *
 * @param body a record or bean; its members stand beside {@code asOf} and {@code position}
 * @param asOf recorded time of the newest event that the body reflects, or now when it reflects
 *     none
 * @param position that event's log position, 0 when it reflects none
 */
@JsonPropertyOrder({"body", "asOf", "position"})
public record Positioned<T>(@JsonUnwrapped T body, Instant asOf, long position) {}
