package dev.papertape.command.market.recorded;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a capture writes its lines. A reader belongs to one file and one thread. */
sealed interface LineFormat permits StampedLines, CryptofeedLines, CryptofeedJsonLines {

  /** Never throws for what the line holds. */
  CapturedLine read(byte[] bytes, int from, int to);

  /** The kinds, told by a line's start. */
  enum Kind {
    /** {@code <nanoseconds> <frame>}: hftbacktest's and our own. */
    STAMPED,
    /** cryptofeed's text captures. */
    CRYPTOFEED,
    /** cryptofeed's v3 captures, a JSON object a line. */
    CRYPTOFEED_JSON;

    private static final Pattern STAMPED_START = Pattern.compile("[0-9]{1,19} .*");
    private static final Pattern CRYPTOFEED_START =
        Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?: |configuration: |\\S+ (?:<->|<-|->) [0-9]).*");
    private static final Pattern JSON_START =
        Pattern.compile("\\{\\s*\"t\"\\s*:\\s*\"[a-z]+\"\\s*,.*");
    private static final int ENOUGH = 400;

    /** Null where the line does not tell. */
    static @Nullable Kind of(byte[] bytes, int from, int to) {
      String start =
          new String(bytes, from, Math.min(ENOUGH, to - from), StandardCharsets.ISO_8859_1);
      if (STAMPED_START.matcher(start).matches()) {
        return STAMPED;
      }
      if (JSON_START.matcher(start).matches()) {
        return CRYPTOFEED_JSON;
      }
      return CRYPTOFEED_START.matcher(start).matches() ? CRYPTOFEED : null;
    }

    LineFormat reader() {
      return switch (this) {
        case STAMPED -> new StampedLines();
        case CRYPTOFEED -> new CryptofeedLines();
        case CRYPTOFEED_JSON -> new CryptofeedJsonLines();
      };
    }
  }
}
