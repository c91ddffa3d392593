package dev.sluice.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashesTest {
  @Test
  void holdsWhatASetHolds() {
    Random random = new Random(4711);
    KeyHashes hashes = new KeyHashes();
    Set<Long> expected = new HashSet<>();

    for (int i = 0; i < 20_000; i++) {
      long hash = i % 2 == 0 ? random.nextLong() : random.nextInt(5_000) - 2_500L;
      assertThat(hashes.add(hash)).isEqualTo(expected.add(hash));
    }

    for (long hash = -3_000; hash < 3_000; hash++) {
      assertThat(hashes.contains(hash)).isEqualTo(expected.contains(hash));
    }
    assertThat(expected).allMatch(hashes::contains);
  }

  @Test
  void moreHashesLeaveTheFirstSetAsItWas() {
    KeyHashes few = new KeyHashes();
    few.add(1);

    KeyHashes more = few.and(List.of(new long[] {0, 2}));

    assertThat(few.contains(0)).isFalse();
    assertThat(more.contains(0) && more.contains(1) && more.contains(2)).isTrue();
    assertThat(more.isEmpty()).isFalse();
    assertThat(new KeyHashes().isEmpty()).isTrue();
  }
}
