package dev.papertape.eventstore.web;

import org.springframework.http.ResponseEntity;

/**
 * What a command answers.
 *
 * @param status HTTP status, 2xx
 * @param position log position of the command's last event
 * @param body usually a {@link Positioned}
 */
public record CommandReply(int status, long position, Object body) {
  /** With {@code X-Position}. */
  public ResponseEntity<Object> toResponse() {
    return ResponseEntity.status(status)
        .header(PositionHeaders.POSITION, Long.toString(position))
        .body(body);
  }
}
