package io.pacewire.platform.live;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.core.LifecycleService;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import java.lang.reflect.Proxy;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Hazelcast as far as owners need it: it stalls and fails when it is told to. */
final class FakeMembers {
  final Map<String, String> owners = new ConcurrentHashMap<>();
  /** So many times somebody was to be an owner no more. */
  final AtomicInteger removals = new AtomicInteger();

  /** Nothing that is asked without blocking is answered. */
  volatile boolean stalls;
  /** Is told the client, and may throw. */
  volatile Consumer<String> beforeRestore = client -> {};
  /** May throw. */
  volatile Runnable beforeForget = () -> {};

  private final List<MembershipListener> members = new CopyOnWriteArrayList<>();
  private final List<LifecycleListener> lives = new CopyOnWriteArrayList<>();
  private final Cluster cluster = fake(Cluster.class, this::cluster);

  private interface Answers {
    Object to(String method, Object[] arguments);
  }

  HazelcastInstance instance() {
    LifecycleService life = fake(LifecycleService.class, (method, arguments) -> {
      boolean unused = lives.add((LifecycleListener) arguments[0]);
      return UUID.randomUUID();
    });
    IMap<?, ?> map = fake(IMap.class, this::map);
    return fake(HazelcastInstance.class, (method, arguments) -> switch (method) {
      case "getMap" -> map;
      case "getCluster" -> cluster;
      case "getLifecycleService" -> life;
      default -> throw new UnsupportedOperationException(method);
    });
  }

  void merge() {
    lives.forEach(one -> one.stateChanged(new LifecycleEvent(LifecycleState.MERGED)));
  }

  void lose(String nodeId) {
    Member gone = fake(Member.class, (method, arguments) -> nodeId);
    members.forEach(one -> one.memberRemoved(
        new MembershipEvent(cluster, gone, MembershipEvent.MEMBER_REMOVED, Set.of())));
  }

  private Object cluster(String method, Object[] arguments) {
    if (method.equals("addMembershipListener")) {
      boolean unused = members.add((MembershipListener) arguments[0]);
      return UUID.randomUUID();
    }
    return Set.of();
  }

  private Object map(String method, Object[] arguments) {
    return switch (method) {
      case "putAsync" -> later(owners.put((String) arguments[0], (String) arguments[1]));
      case "getAsync" -> later(owners.get((String) arguments[0]));
      case "submitToKey" -> {
        Object answer = process(arguments);
        int unused = removals.incrementAndGet();
        yield later(answer);
      }
      case "executeOnKey" -> {
        beforeRestore.accept((String) arguments[0]);
        yield process(arguments);
      }
      case "removeAll" -> {
        beforeForget.run();
        yield null;
      }
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private CompletableFuture<Object> later(Object answer) {
    return stalls ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer);
  }

  @SuppressWarnings("unchecked")
  private Object process(Object[] arguments) {
    String client = (String) arguments[0];
    Map.Entry<String, String> entry = new SimpleEntry<>(client, owners.get(client));
    Object answer = ((EntryProcessor<String, String, ?>) arguments[1]).process(entry);
    if (entry.getValue() == null) {
      owners.remove(client);
    } else {
      owners.put(client, entry.getValue());
    }
    return answer;
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(Proxy.newProxyInstance(
        FakeMembers.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
  }
}
