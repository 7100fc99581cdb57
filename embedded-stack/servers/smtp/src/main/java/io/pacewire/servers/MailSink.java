package io.pacewire.servers;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.stream.Stream;

/** Accepts every mail and writes it to a directory, one {@code .eml} file each, the oldest ones going first. */
public final class MailSink {
  private final Path directory;
  private final int kept;
  private final Deque<Path> files = new ArrayDeque<>();
  private long sequence;

  private MailSink(Path directory, int kept) {
    this.directory = directory;
    this.kept = kept;
  }

  public static void main(String[] args) throws Exception {
    ParentWatch.start();
    Properties settings = ParentWatch.settings(args[0]);
    MailSink sink = new MailSink(
        Path.of(settings.getProperty("directory")), Integer.parseInt(settings.getProperty("kept")));
    sink.rememberFiles();
    GreenMail server = new GreenMail(new ServerSetup(
        Integer.parseInt(settings.getProperty("port")), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.getUserManager().setAuthRequired(false);
    // Nobody reads mailboxes here, and in memory they would grow for ever: one user, emptied after
    // each mail.
    GreenMailUser nobody = server.setUser("nobody@localhost", "nobody");
    server.getUserManager().setMessageDeliveryHandler((mail, address) -> {
      sink.keep(mail.getMessage());
      empty(server);
      return nobody;
    });
    server.start();
  }

  private static void empty(GreenMail server) throws MessagingException {
    try {
      server.purgeEmailFromAllMailboxes();
    } catch (FolderException failure) {
      throw new MessagingException("cannot empty the mailbox", failure);
    }
  }

  private synchronized void rememberFiles() throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> found = Files.list(directory)) {
      found.filter(file -> file.toString().endsWith(".eml")).sorted().forEach(files::add);
    }
  }

  /** One mail to several recipients arrives once for each of them; each gets a file. */
  private synchronized void keep(MimeMessage message) throws MessagingException {
    String name = String.format("%014d-%04d.eml", System.currentTimeMillis(), sequence++ % 10_000);
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      message.writeTo(out);
      files.add(file);
      while (files.size() > kept) {
        Files.deleteIfExists(files.remove());
      }
    } catch (IOException failure) {
      throw new MessagingException("cannot keep the mail in " + directory, failure);
    }
  }
}
