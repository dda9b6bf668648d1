package dev.papertape.command.quality;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text of a raw record, cut after {@link #MOST} characters, with the hash of the whole.
 *
 * @param bytes length of the whole record in UTF-8
 * @param sha256 of the whole record, hex
 */
public record RawText(String text, int bytes, String sha256) {
  /** Enough for a depth message of some six hundred levels. */
  public static final int MOST = 16_384;

  /** Of what is no record itself: one that another input holds, told once more. */
  public static final RawText NONE = new RawText("", 0, "");

  /** Of a frame's bytes in {@code [from, to)}. */
  public static RawText of(byte[] frame, int from, int to) {
    int length = to - from;
    MessageDigest digest = digest();
    digest.update(frame, from, length);
    // A character has at most four bytes, so this is enough of them; what is too much is cut.
    String text = new String(frame, from, Math.min(length, 4 * MOST), StandardCharsets.UTF_8);
    return new RawText(cut(text), length, HexFormat.of().formatHex(digest.digest()));
  }

  public static RawText of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  /** Never between the two halves of a character: half of one is no text that can be stored. */
  private static String cut(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
