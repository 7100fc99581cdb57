package io.pacewire.platform.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MemberAttributeConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How a node finds the others.
 *
 * @param host address that the others reach this node at, for membership and event bus alike
 * @param members {@code host:port} of some of the nodes; one that runs is enough
 */
public record ClusterSettings(boolean enabled, String host, int port, List<String> members) {
  public static final int DEFAULT_PORT = 5701;
  /** A system property, for tests that part nodes. */
  public static final String MEETING_S = "pacewire.cluster.meetingS";

  private static final String ROLES = "roles";

  public ClusterSettings {
    members = List.copyOf(members);
  }

  public static ClusterSettings from(JsonObject root) {
    ConfigSection cluster = ConfigSection.root(root).section("cluster");
    return new ClusterSettings(
        cluster.flag("enabled", false),
        cluster.string("host", "127.0.0.1"),
        cluster.integer("port", DEFAULT_PORT, 1, 65_535),
        Arrays.stream(cluster.string("members", "").split(",", -1))
            .map(String::strip)
            .filter(member -> !member.isEmpty())
            .toList());
  }

  static boolean hasRole(Member member, String role) {
    String roles = member.getAttribute(ROLES);
    return roles != null && Arrays.asList(roles.split(",", -1)).contains(role);
  }

  /** How often parted nodes look for each other. */
  private static String meetingS() {
    return System.getProperty(MEETING_S, "5");
  }

  /** Members are named, never looked for; a node that is silent for ten seconds is out. */
  Config hazelcast(Collection<String> roles) {
    Config config = new Config()
        .setMemberAttributeConfig(
            new MemberAttributeConfig().setAttribute(ROLES, String.join(",", roles)))
        .setClusterName("pacewire")
        .setProperty("hazelcast.logging.type", "jdk")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.health.monitoring.level", "OFF")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "10")
        .setProperty("hazelcast.heartbeat.interval.seconds", "2")
        .setProperty("hazelcast.wait.seconds.before.join", "1")
        .setProperty("hazelcast.merge.first.run.delay.seconds", meetingS())
        .setProperty("hazelcast.merge.next.run.delay.seconds", meetingS())
        .setProperty("hazelcast.operation.call.timeout.millis", "5000")
        .setProperty("hazelcast.socket.bind.any", "false")
        // Nothing heavy runs here: the cores belong to the event loops.
        .setProperty("hazelcast.operation.thread.count", "2")
        .setProperty("hazelcast.operation.generic.thread.count", "2")
        .setProperty("hazelcast.io.thread.count", "1")
        .addMultiMapConfig(new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    NetworkConfig network = config
        .getNetworkConfig()
        .setPort(port)
        .setPortAutoIncrement(false)
        .setPublicAddress(host + ":" + port);
    network.getInterfaces().setEnabled(true).addInterface(host);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2).setMembers(members);
    return config;
  }
}
