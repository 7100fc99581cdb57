package io.pacewire.stack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One short conversation with a server on loopback, bytes only, so that no client library is needed. */
final class Probe implements AutoCloseable {
  private static final int TIMEOUT_MS = 3_000;
  private static final int LONGEST_LINE = 1_024;
  private static final short METADATA_KEY = 3;
  private static final int CORRELATION_ID = 7;
  private static final int LARGEST_FRAME = 1 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  Probe(int port) throws IOException {
    socket = new Socket();
    try {
      socket.connect(Loopback.port(port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
      out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  /** Asks for the metadata of no topic (request version 0); ready is who names a broker on this port. */
  static void kafka(int port) throws IOException {
    try (Probe probe = new Probe(port)) {
      probe.out.writeInt(14);
      probe.out.writeShort(METADATA_KEY);
      probe.out.writeShort(1); // version: here an empty list means no topic, not every topic
      probe.out.writeInt(CORRELATION_ID);
      probe.out.writeShort(-1); // no client id
      probe.out.writeInt(0); // no topics
      probe.out.flush();
      int length = probe.in.readInt();
      int correlationId = probe.in.readInt();
      int brokers = probe.in.readInt();
      if (length > LARGEST_FRAME || correlationId != CORRELATION_ID || brokers < 1) {
        throw new ProtocolException("no broker in Kafka's metadata yet");
      }
    }
  }

  static void redis(int port, String password) throws IOException {
    try (Probe probe = new Probe(port)) {
      probe.say("AUTH " + password);
      probe.expect("+OK");
      probe.say("PING");
      probe.expect("+PONG");
    }
  }

  /** An unsigned request must be refused by S3's own error, not by a closed socket. */
  static void s3(int port) throws IOException {
    try (Probe probe = new Probe(port)) {
      probe.say("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n");
      probe.expect("HTTP/1.1 403");
    }
  }

  static void smtp(int port) throws IOException {
    try (Probe probe = new Probe(port)) {
      probe.expect("220");
      probe.say("NOOP");
      probe.expect("250");
      probe.say("QUIT");
      probe.expect("221");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void say(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void expect(String start) throws IOException {
    String line = line();
    if (!line.startsWith(start)) {
      throw new ProtocolException("expected " + start + ", was: " + line);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
      if (line.length() > LONGEST_LINE) {
        throw new ProtocolException("line too long");
      }
    }
    return line.toString().stripTrailing();
  }
}
