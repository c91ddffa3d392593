package dev.sluice.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  @Test
  void workGoesOnMeanwhile() {
    CountDownLatch here = new CountDownLatch(1);
    try (SideBySide<Integer> beside = SideBySide.begin(() -> after(here, 7))) {
      here.countDown();

      assertThat(beside.result()).isEqualTo(7);
    }
  }

  @Test
  void itsFailureIsThrownAsItWas() {
    IllegalArgumentException failure = new IllegalArgumentException("broken");
    try (SideBySide<Integer> beside =
        SideBySide.begin(
            () -> {
              throw failure;
            })) {
      assertThatThrownBy(beside::result).isSameAs(failure);
    }
  }

  @Test
  void nothingOfItComesAfterTheEndEvenWhenTheOtherWorkFails() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();

    assertThatThrownBy(
            () -> {
              try (SideBySide<Boolean> beside =
                  SideBySide.begin(
                      () -> {
                        after(failed, true);
                        return ended.compareAndSet(false, true);
                      })) {
                failed.countDown();
                throw new IllegalStateException("the other work, beside " + beside);
              }
            })
        .isInstanceOf(IllegalStateException.class);
    assertThat(ended).isTrue();
  }

  private static <T> T after(CountDownLatch other, T result) {
    try {
      other.await();
      return result;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
