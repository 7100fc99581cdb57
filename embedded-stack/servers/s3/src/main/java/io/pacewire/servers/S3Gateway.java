package io.pacewire.servers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** Serves a directory over the S3 protocol, signature version 4 or 2, to whoever holds the one pair of keys. */
public final class S3Gateway {
  private S3Gateway() {}

  public static void main(String[] args) throws Exception {
    ParentWatch.start();
    Properties settings = ParentWatch.settings(args[0]);
    BlobStore store = new FilesystemNio2BlobStore(settings.getProperty("directory"));
    S3Proxy proxy = S3Proxy.builder()
        .blobStore(store)
        .endpoint(URI.create("http://127.0.0.1:" + settings.getProperty("port")))
        .awsAuthentication(
            AuthenticationType.AWS_V2_OR_V4,
            settings.getProperty("access-key"),
            Files.readString(Path.of(settings.getProperty("secret-file"))).strip())
        .jettyMaxThreads(Integer.parseInt(settings.getProperty("threads")))
        .build();
    proxy.start();
  }
}
