package io.pacewire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others build on is what {@code MODULE/api/MODULE.api} says. Whoever changes it on purpose runs
 * the test with {@code -Dpacewire.api.write=true} and commits the file, so that a reviewer sees the
 * change.
 */
class PublicApiTest {
  @ParameterizedTest
  @CsvSource({
    "mobile-sdk-java, io.pacewire.sdk",
    "telemetry-wire, io.pacewire.wire",
    "event-contracts, io.pacewire.events"
  })
  void publicApi_isTheCommittedOne(String module, String name) throws Exception {
    Path file = Path.of("..", module, "api", module + ".api");
    String now = dump(name);
    if (Boolean.getBoolean("pacewire.api.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, now);
    }
    assertThat(now).isEqualTo(Files.readString(file));
  }

  @Test
  void whatTheSdkPromises_namesOnlyTheJdkAndItself() {
    assertThat(dump("io.pacewire.sdk").lines())
        .noneMatch(line -> line.contains(".internal.") || line.contains("okhttp"))
        .noneMatch(line -> line.contains("io.pacewire.wire") || line.contains("com.hivemq"));
  }

  private static String dump(String name) {
    TreeMap<String, String> types = new TreeMap<>();
    for (JavaClass found : new ClassFileImporter().importPackages(name)) {
      if (found.getPackageName().equals(name)
          && found.getModifiers().contains(JavaModifier.PUBLIC)
          && !found.getSource().map(Object::toString).orElse("").contains("test")) {
        types.put(found.getName(), describe(found.reflect()));
      }
    }
    return String.join("\n", types.values());
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
