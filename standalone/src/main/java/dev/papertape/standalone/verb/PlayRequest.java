package dev.papertape.standalone.verb;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code play} was asked for.
 *
 * @param files recordings, all readable, at least one
 * @param data an empty data folder to keep the log in; null for one that is thrown away
 * @param trading whether the alphas trade
 */
public record PlayRequest(List<Path> files, @Nullable Path data, boolean trading) {

  public PlayRequest {
    files = List.copyOf(files);
  }
}
