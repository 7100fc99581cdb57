package io.pacewire.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which, and what is kept out of rules, verticles and the hot path. */
@AnalyzeClasses(packages = "io.pacewire", importOptions = ImportOption.DoNotIncludeTests.class)
class EdgesTest {
  @ArchTest
  static final ArchRule wireAndFactsDependOnNothing = classes()
      .that()
      .resideInAnyPackage("io.pacewire.wire..", "io.pacewire.events..", "io.pacewire.activity..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..",
          "javax.xml.stream..",
          "org.jspecify..",
          "com.google.errorprone..",
          "io.pacewire.wire..",
          "io.pacewire.events..",
          "io.pacewire.activity..");

  @ArchTest
  static final ArchRule theFoldDependsOnTheWireAlone = classes()
      .that()
      .resideInAPackage("io.pacewire.track..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..",
          "javax.crypto..",
          "org.jspecify..",
          "com.google.errorprone..",
          "org.locationtech.jts..",
          "io.pacewire.wire..",
          "io.pacewire.track..");

  @ArchTest
  static final ArchRule theFoldKnowsNoShapes = noClasses()
      .that()
      .resideInAPackage("io.pacewire.track")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.locationtech.jts..", "io.pacewire.track.geo..", "javax.crypto..");

  @ArchTest
  static final ArchRule rulesArePure = noClasses()
      .that()
      .haveSimpleNameEndingWith("Rules")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.vertx..", "java.sql..", "java.net..", "org.apache.kafka..")
      .orShould()
      .callMethod(System.class, "currentTimeMillis")
      .orShould()
      .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule contextsDoNotSeeEachOther = slices()
      .matching("io.pacewire.(identity|training|inventory|gamification|ingest|gateway)..")
      .should()
      .notDependOnEachOther();

  @ArchTest
  static final ArchRule nobodyKnowsTheLauncher = noClasses()
      .that()
      .resideOutsideOfPackages("io.pacewire.launcher..", "io.pacewire.stack..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.pacewire.launcher..", "io.pacewire.stack..");

  @ArchTest
  static final ArchRule kafkaIsReadInOnePlace = noClasses()
      .that()
      .resideOutsideOfPackage("io.pacewire.platform.kafka..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.vertx.kafka.client.consumer..");

  @ArchTest
  static final ArchRule sqlIsInRepositories = noClasses()
      .that(are(resideInAnyPackage(
              "io.pacewire.identity..",
              "io.pacewire.training..",
              "io.pacewire.inventory..",
              "io.pacewire.gamification..")
          .and(not(simpleName("Partitions")))))
      .and()
      .haveSimpleNameNotEndingWith("Repository")
      .and()
      .haveSimpleNameNotEndingWith("Ledger")
      .should()
      .callMethod(io.vertx.sqlclient.SqlClient.class, "preparedQuery", String.class);

  @ArchTest
  static final ArchRule theEventBusIsNoApi = noClasses()
      .that()
      .resideOutsideOfPackages("io.pacewire.platform.live..", "io.pacewire.platform.cluster..")
      .should()
      .dependOnClassesThat(resideInAPackage("io.vertx.core.eventbus.."));

  @ArchTest
  static final ArchRule theClusterIsBehindTypedClasses = noClasses()
      .that()
      .resideOutsideOfPackages("io.pacewire.platform.live..", "io.pacewire.platform.cluster..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule theEnvironmentIsReadInOnePlace = noClasses()
      .that()
      .doNotHaveSimpleName("ConfigSource")
      .should()
      .callMethod(System.class, "getenv")
      .orShould()
      .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule verticlesAreFinalAndStandAlone = classes()
      .that()
      .haveSimpleNameEndingWith("Verticle")
      .should()
      .beAssignableTo(io.vertx.core.VerticleBase.class)
      .andShould()
      .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs = noClasses()
      .should()
      .haveNameMatching(".*\\.(Abstract\\w*|\\w*(Impl|Util|Utils|Helper|Manager))");

  @ArchTest
  static final ArchRule nobodyOutsideUsesTheSdksInside = noClasses()
      .that()
      .resideOutsideOfPackage("io.pacewire.sdk..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.pacewire.sdk.internal..");

  /** What all instances of a class share must not change: roles run side by side in one JVM. */
  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields().that().areStatic().and().doNotHaveName("$VALUES").should().beFinal();

  @ArchTest
  static final ArchRule redisIsBehindStores = noClasses()
      .that()
      .resideOutsideOfPackage("io.pacewire.platform.redis..")
      .and()
      .haveSimpleNameNotEndingWith("Store")
      .and()
      .doNotHaveSimpleName("IdempotencyKeys")
      .and()
      .doNotHaveSimpleName("GamificationVerticle") // its health check
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.vertx.redis..");

  /** An event loop that waits holds up everybody on it. Who reads archives has threads of its own. */
  @ArchTest
  static final ArchRule noRoleBlocks = noClasses()
      .that()
      .resideInAnyPackage(
          "io.pacewire.platform..",
          "io.pacewire.identity..",
          "io.pacewire.training..",
          "io.pacewire.inventory..",
          "io.pacewire.gamification..",
          "io.pacewire.ingest..",
          "io.pacewire.gateway..")
      .and()
      .doNotHaveSimpleName("ImportThread")
      .should()
      .callMethodWhere(target(owner(assignableTo(java.util.concurrent.Future.class)))
          .and(target(nameMatching("get|join"))))
      .orShould()
      .callMethodWhere(target(owner(assignableTo(io.vertx.core.Future.class)))
          .and(target(nameMatching("await"))))
      .orShould()
      .callMethodWhere(target(owner(assignableTo(java.util.concurrent.CountDownLatch.class)))
          .and(target(nameMatching("await"))))
      .orShould()
      .callMethodWhere(target(owner(assignableTo(java.util.concurrent.locks.LockSupport.class)))
          .and(target(nameMatching("park.*"))));
}
