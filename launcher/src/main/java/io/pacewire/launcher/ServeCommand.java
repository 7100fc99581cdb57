package io.pacewire.launcher;

import io.pacewire.platform.cluster.ClusterSettings;
import io.pacewire.platform.config.ConfigSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs roles against servers that somebody else runs: a node of the distributed system. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs some of the roles against servers that are there already; Ctrl-C stops it.",
    footer = {"", "docs/distributed.md says what such a node needs to know."})
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--roles",
      paramLabel = "ROLE",
      split = ",",
      description = "What this node does. Default: everything.")
  List<String> roles = new ArrayList<>(Node.roles());

  @Option(names = "--config", paramLabel = "FILE", description = "Settings as JSON.")
  @Nullable
  Path configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as cluster.enabled=true. May be given several times.")
  Map<String, String> settings = new LinkedHashMap<>();

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final OrderlyEnd end = new OrderlyEnd();

  @Override
  public Integer call() throws Exception {
    for (String role : roles) {
      if (!Node.roles().contains(role)) {
        throw new ParameterException(
            spec.commandLine(),
            "--roles: " + role + " is none of " + String.join(", ", Node.roles()));
      }
    }
    JsonObject tree = Settings.readDistributed(configFile, settings);
    Map<String, Integer> ports = ports(tree);
    ports.forEach((key, port) -> ConfigSource.put(tree, key, port));
    end.guard();
    try (Node node = Node.start(ClusterSettings.from(tree), roles)) {
      end.check();
      node.run(roles, tree);
      end.started();
      ClassArchive.isWhole();
      JsonObject told = new JsonObject();
      ports.forEach(told::put);
      System.out.println(new JsonObject()
          .put("ready", String.join(",", roles))
          .put("pid", ProcessHandle.current().pid())
          .put("ports", told)
          .encode());
      end.await();
    } catch (RuntimeException e) {
      if (!end.excuses(e)) {
        throw e;
      }
      System.err.println("Stopped before it was ready.");
    } finally {
      end.closed();
    }
    return 0;
  }

  /** Those of this node's roles: a port 0 is made a free one, so that it can be told. */
  private Map<String, Integer> ports(JsonObject tree) {
    Map<String, Integer> wanted = RolePorts.read(tree);
    wanted.keySet().removeIf(key -> !roles.contains(key.substring(0, key.indexOf('.'))));
    Map<String, Integer> picked = RolePorts.pick(wanted, new JsonObject(), Set.of());
    picked.keySet().retainAll(wanted.keySet());
    return picked;
  }
}
