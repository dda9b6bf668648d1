package dev.papertape.command.market.candlefile;

/**
 * A row that is no bar.
 *
 * @param line in the text, from 1; of JSON the number of the row
 * @param raw what stands there, cut to 200 characters
 * @param problem what is wrong with it
 */
public record UnreadableRow(long line, String raw, String problem) {
  private static final int KEPT = 200;

  public UnreadableRow {
    raw = raw.length() > KEPT ? raw.substring(0, KEPT) + "…" : raw;
  }
}
