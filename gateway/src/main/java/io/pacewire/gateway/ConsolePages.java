package io.pacewire.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The console's files out of its jar, kept in memory with their tag and packed form. Which pages
 * there are and what they may load is the console's business: it says so in two files of its own.
 */
final class ConsolePages {
  private static final String ROOT = "io/pacewire/console/";
  private static final int LEAST_PACKED_BYTES = 800;
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./-]+");
  private static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("html", "text/html; charset=utf-8"),
      Map.entry("js", "text/javascript; charset=utf-8"),
      Map.entry("mjs", "text/javascript; charset=utf-8"),
      Map.entry("css", "text/css; charset=utf-8"),
      Map.entry("json", "application/json"),
      Map.entry("svg", "image/svg+xml"),
      Map.entry("png", "image/png"),
      Map.entry("woff2", "font/woff2"),
      Map.entry("txt", "text/plain; charset=utf-8"),
      Map.entry("webmanifest", "application/manifest+json"));

  private final List<Page> pages = new ArrayList<>();
  private final Map<String, Optional<Asset>> assets = new ConcurrentHashMap<>();
  private final String contentSecurityPolicy;

  /** @param open may be seen without signing in */
  record Page(Pattern path, String file, boolean open) {}

  /** @param packed gzip, null where that saves nothing */
  record Asset(
      String type, String tag, Buffer plain, @Nullable Buffer packed) {}

  /** Reads the jar: not on an event loop. */
  ConsolePages() throws IOException {
    contentSecurityPolicy = text("csp.txt").strip();
    JsonObject routes = new JsonObject(text("routes.json"));
    for (String path : routes.fieldNames()) {
      JsonObject route = routes.getJsonObject(path);
      String regex = path.replaceAll("\\{[a-zA-Z]+}", "[^/]+");
      pages.add(new Page(
          Pattern.compile(regex), route.getString("file"), route.getBoolean("public", false)));
    }
  }

  String contentSecurityPolicy() {
    return contentSecurityPolicy;
  }

  Optional<Page> page(String path) {
    return pages.stream().filter(page -> page.path().matcher(path).matches()).findFirst();
  }

  /** @param name below the console's folder */
  Optional<Asset> asset(String name) {
    if (!SAFE.matcher(name).matches() || name.contains("..") || name.contains("//")) {
      return Optional.empty();
    }
    return assets.computeIfAbsent(name, ConsolePages::load);
  }

  private static Optional<Asset> load(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream in = open(name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      return Optional.of(new Asset(type, tag(bytes), Buffer.buffer(bytes), packed(type, bytes)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Buffer packed(String type, byte[] bytes) throws IOException {
    boolean packs = !type.startsWith("image/png") && !type.startsWith("font/");
    if (!packs || bytes.length < LEAST_PACKED_BYTES) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return Buffer.buffer(out.toByteArray());
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      if (in == null) {
        throw new IOException("the console lacks " + name);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static @Nullable InputStream open(String name) {
    return ConsolePages.class.getClassLoader().getResourceAsStream(ROOT + name);
  }
}
