package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldFaultTest {
  private static final String WHERE = "latitudeDeg out of range: 52.300001";

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        ArrayIndexOutOfBoundsException.class,
        NullPointerException.class,
        StackOverflowError.class,
        AssertionError.class
      })
  void whateverAFoldThrows_isOfItsSession(Class<? extends Throwable> kind) throws Exception {
    Throwable thrown = kind.getDeclaredConstructor().newInstance();
    assertThatThrownBy(() -> within(thrown))
        .isInstanceOf(FoldFault.class)
        .hasCause(thrown)
        .matches(FoldFault::isOfSession);
  }

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, InternalError.class, NoClassDefFoundError.class})
  void whatTheMachineLacks_isNot(Class<? extends Throwable> kind) throws Exception {
    Throwable thrown = kind.getDeclaredConstructor().newInstance();
    assertThatThrownBy(() -> within(thrown)).isSameAs(thrown);
    assertThat(FoldFault.isOfSession(thrown)).isFalse();
  }

  @Test
  void whatACallerIsToBeTold_staysAsItIs() {
    ProblemException told = new ProblemException(Problem.badRequest("atMs", "is too late"));
    assertThatThrownBy(() -> within(told)).isSameAs(told);
  }

  @Test
  void anEndlessRecursion_isCaughtWhereItIsDeep() {
    assertThatThrownBy(() -> FoldFault.within(() -> endless(0))).isInstanceOf(FoldFault.class);
  }

  @Test
  void whatIsTold_namesTheKindAndThePlace_notWhereSomebodyWas() {
    try {
      Object unused = within(new IllegalArgumentException(WHERE));
    } catch (FoldFault e) {
      assertThat(FoldFault.told(e))
          .startsWith("java.lang.IllegalArgumentException at ")
          .contains("FoldFaultTest.java")
          .doesNotContain("52.3");
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  private static Object within(Throwable thrown) {
    Callable<Object> work = () -> {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    };
    return FoldFault.within(work);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int endless(int depth) {
    return endless(depth + 1) + depth;
  }
}
