package io.pacewire.activity;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an XML parser, which would gather a tag, a comment or a run of text of any length in
 * memory: refuses those that are too long, and document types altogether, as no activity has one.
 */
final class XmlGuard extends Reader {
  /** Of one tag, comment or run of text. */
  static final int MAX_RUN = 256 * 1024;

  private enum In {
    BEFORE,
    TEXT,
    OPENING,
    DECLARATION,
    TAG,
    DOUBLE_QUOTE,
    SINGLE_QUOTE,
    INSTRUCTION,
    COMMENT,
    SECTION
  }

  private final Reader in;
  private In state = In.BEFORE;
  private int run;
  private int enteredAt;
  private char previous;
  private char beforePrevious;

  XmlGuard(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (state == In.BEFORE && count > 0) {
      count = withoutLeadingSpace(into, offset, length, count);
    }
    for (int i = offset; i < offset + count; i++) {
      see(into[i]);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Some writers put blank lines before the XML declaration, which XML forbids. */
  private int withoutLeadingSpace(char[] into, int offset, int length, int read)
      throws IOException {
    int count = read;
    int skipped = 0;
    while (count > 0) {
      int from = offset;
      while (from < offset + count && (into[from] <= ' ' || into[from] == '\uFEFF')) {
        from++;
      }
      skipped += from - offset;
      count -= from - offset;
      if (count > 0) {
        System.arraycopy(into, from, into, offset, count);
        break;
      }
      if (skipped > MAX_RUN) {
        throw new MalformedActivityException("XML begins with " + skipped + " blanks");
      }
      count = in.read(into, offset, length);
    }
    state = In.TEXT;
    return count;
  }

  private void see(char c) {
    run++;
    In next = next(c);
    if (next != null) {
      state = next;
      enteredAt = run;
      // A quoted value is part of its tag.
      if (next == In.TEXT || next == In.OPENING) {
        run = 0;
      }
    }
    if (run > MAX_RUN) {
      throw new MalformedActivityException(
          "XML has a piece of more than " + MAX_RUN + " characters");
    }
    beforePrevious = previous;
    previous = c;
  }

  /** The state after this character, null where it stays. */
  private @Nullable In next(char c) {
    return switch (state) {
      case BEFORE, TEXT -> c == '<' ? In.OPENING : null;
      case OPENING -> opened(c);
      case DECLARATION -> declared(c);
      case TAG ->
        switch (c) {
          case '>' -> In.TEXT;
          case '"' -> In.DOUBLE_QUOTE;
          case '\'' -> In.SINGLE_QUOTE;
          default -> null;
        };
      case DOUBLE_QUOTE -> c == '"' ? In.TAG : null;
      case SINGLE_QUOTE -> c == '\'' ? In.TAG : null;
      case INSTRUCTION -> c == '>' && previous == '?' ? In.TEXT : null;
      case COMMENT -> ends(c, '-') ? In.TEXT : null;
      case SECTION -> ends(c, ']') ? In.TEXT : null;
    };
  }

  private static In opened(char c) {
    return switch (c) {
      case '?' -> In.INSTRUCTION;
      case '!' -> In.DECLARATION;
      case '>' -> In.TEXT;
      default -> In.TAG;
    };
  }

  private static In declared(char c) {
    return switch (c) {
      case '-' -> In.COMMENT;
      case '[' -> In.SECTION;
      default ->
        throw new MalformedActivityException("XML declares a document type; no activity has one");
    };
  }

  /** The shortest comment is {@code <!---->}: its opening dashes do not end it. */
  private boolean ends(char c, char twice) {
    return c == '>' && previous == twice && beforePrevious == twice && run - enteredAt >= 4;
  }
}
