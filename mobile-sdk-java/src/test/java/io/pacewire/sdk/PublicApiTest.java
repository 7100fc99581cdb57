package io.pacewire.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API is what {@code api/mobile-sdk-java.api} says. Whoever changes it on purpose runs
 * the test with {@code -Dpacewire.api.write=true} and commits the file, so that a reviewer sees the
 * change.
 */
class PublicApiTest {
  private static final Path DUMP = Path.of("api", "mobile-sdk-java.api");
  private static final String PACKAGE = "io.pacewire.sdk";

  @Test
  void publicApi_isTheCommittedOne() throws Exception {
    String now = dump();
    if (Boolean.getBoolean("pacewire.api.write")) {
      Files.createDirectories(DUMP.getParent());
      Files.writeString(DUMP, now);
    }
    assertThat(now).isEqualTo(Files.readString(DUMP));
  }

  @Test
  void publicSignatures_nameOnlyTheJdkAndTheSdk() throws Exception {
    assertThat(dump().lines())
        .noneMatch(line -> line.contains(".internal.") || line.contains("okhttp"))
        .noneMatch(line -> line.contains("io.pacewire.wire") || line.contains("com.hivemq"));
  }

  private static String dump() throws IOException, ClassNotFoundException {
    TreeMap<String, String> types = new TreeMap<>();
    for (Class<?> type : publicTypes()) {
      types.put(type.getName(), describe(type));
    }
    return String.join("\n", types.values());
  }

  private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
    Path folder = Path.of("target", "classes").resolve(PACKAGE.replace('.', '/'));
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          Class<?> type = Class.forName(PACKAGE + "." + name);
          if (Modifier.isPublic(type.getModifiers())) {
            found.add(type);
          }
        }
      }
    }
    return found;
  }

  private static String describe(Class<?> type) {
    TreeSet<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (isApi(field)) {
        members.add(
            modifiers(field) + field.getGenericType().getTypeName() + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isApi(constructor)) {
        members.add(modifiers(constructor) + "<init>" + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isApi(method)) {
        members.add(modifiers(method)
            + method.getGenericReturnType().getTypeName()
            + " "
            + method.getName()
            + parameters(method)
            + exceptions(method));
      }
    }
    StringBuilder text = new StringBuilder(type.toGenericString()).append(parents(type));
    text.append(" {\n");
    members.forEach(member -> text.append("  ").append(member).append('\n'));
    return text.append("}\n").toString();
  }

  private static boolean isApi(Member member) {
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers()));
  }

  private static String modifiers(Member member) {
    int shown = member.getModifiers() & ~(Modifier.TRANSIENT | Modifier.VOLATILE | Modifier.NATIVE);
    return Modifier.toString(shown & ~Modifier.SYNCHRONIZED) + " ";
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getParameters())
        .map(Parameter::getParameterizedType)
        .map(java.lang.reflect.Type::getTypeName)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String exceptions(Method method) {
    return Arrays.stream(method.getGenericExceptionTypes())
        .map(java.lang.reflect.Type::getTypeName)
        .collect(
            Collectors.joining(", ", method.getExceptionTypes().length > 0 ? " throws " : "", ""));
  }

  private static String parents(Class<?> type) {
    List<String> names = new ArrayList<>();
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent != Object.class) {
      names.add(type.getGenericSuperclass().getTypeName());
    }
    for (java.lang.reflect.Type each : type.getGenericInterfaces()) {
      names.add(each.getTypeName());
    }
    return names.isEmpty() ? "" : " : " + String.join(", ", names);
  }
}
