package io.pacewire.stack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A login and simple queries in PostgreSQL's frontend/backend protocol 3.0: enough to know that it is ready and to make
 * the database. Everything else is the business of a real driver.
 */
final class PostgresSession implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;
  private static final int PROTOCOL = 196_608;
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private static final class Message {
    private final char type;
    private final byte[] body;

    private Message(char type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    private String text(int from) {
      return new String(body, from, body.length - from, StandardCharsets.UTF_8);
    }
  }

  private PostgresSession(int port) throws IOException {
    socket = new Socket();
    try {
      socket.connect(Loopback.port(port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = new DataOutputStream(socket.getOutputStream());
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  static PostgresSession open(int port, String user, String password, String database)
      throws IOException {
    PostgresSession session = new PostgresSession(port);
    try {
      session.startUp(user, database);
      session.authenticate(password);
      List<String> unused = session.untilReady();
      return session;
    } catch (IOException failure) {
      session.close();
      throw failure;
    }
  }

  /** First column of every row, as text. */
  List<String> query(String sql) throws IOException {
    send('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
    return untilReady();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void startUp(String user, String database) throws IOException {
    byte[] parameters =
        ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.UTF_8);
    out.writeInt(8 + parameters.length);
    out.writeInt(PROTOCOL);
    out.write(parameters);
    out.flush();
  }

  private void authenticate(String password) throws IOException {
    ScramSha256 scram = new ScramSha256(password);
    Message unused = authentication(SASL);
    byte[] first = scram.clientFirst().getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(body);
    fields.write((ScramSha256.MECHANISM + "\0").getBytes(StandardCharsets.US_ASCII));
    fields.writeInt(first.length);
    fields.write(first);
    send('p', body.toByteArray());
    String challenge = authentication(SASL_CONTINUE).text(4);
    send('p', scram.clientFinal(challenge).getBytes(StandardCharsets.US_ASCII));
    scram.verify(authentication(SASL_FINAL).text(4));
  }

  /** Nothing but SCRAM is accepted, whatever a stranger on this port may offer. */
  private Message authentication(int expected) throws IOException {
    Message message = receive();
    int kind = message.body.length < 4 ? -1 : message.body[3];
    if (message.type != 'R' || kind != expected) {
      throw new ProtocolException("authentication step " + expected + " expected, was " + kind);
    }
    return message;
  }

  private List<String> untilReady() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Message message = receive(); message.type != 'Z'; message = receive()) {
      if (message.type == 'D' && message.body.length > 6) {
        int length = ((message.body[2] & 0xFF) << 24)
            | ((message.body[3] & 0xFF) << 16)
            | ((message.body[4] & 0xFF) << 8)
            | (message.body[5] & 0xFF);
        rows.add(new String(message.body, 6, length, StandardCharsets.UTF_8));
      }
    }
    return rows;
  }

  private Message receive() throws IOException {
    char type = (char) in.readUnsignedByte();
    int length = in.readInt() - 4;
    if (length < 0 || length > LARGEST_MESSAGE) {
      throw new ProtocolException("message of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    Message message = new Message(type, body);
    if (type == 'E') {
      throw new ProtocolException(message.text(0).replace('\0', ' ').strip());
    }
    return message;
  }

  private void send(char type, byte[] body) throws IOException {
    out.write(type);
    out.writeInt(4 + body.length);
    out.write(body);
    out.flush();
  }
}
