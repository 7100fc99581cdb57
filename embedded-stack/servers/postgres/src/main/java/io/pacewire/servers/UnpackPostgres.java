package io.pacewire.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL archive at build time, so that no start has to. */
public final class UnpackPostgres {
  private static final int EXECUTABLE_BITS = 0111;

  private UnpackPostgres() {}

  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]).toAbsolutePath().normalize();
    try (InputStream packed = UnpackPostgres.class.getResourceAsStream("/" + archiveName());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, target);
      }
    }
  }

  private static String archiveName() {
    return System.getProperty("os.arch").equals("aarch64")
        ? "postgres-linux-arm_64.txz"
        : "postgres-linux-x86_64.txz";
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("entry leaves the target directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
    boolean executable = (entry.getMode() & EXECUTABLE_BITS) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
