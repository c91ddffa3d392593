package dev.sluice.catalog.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DropSequenceTest {

  @Test
  void eachRecordOfEachFileHasAPlaceWithinTheRangeOfItsFile() {
    assertThat(DropSequence.of(3, 17)).isEqualTo(30_000_000_017L);
    assertThat(DropSequence.file(30_000_000_017L)).isEqualTo(3);
    assertThat(DropSequence.record(30_000_000_017L)).isEqualTo(17);
    assertThat(DropSequence.files(3, 2)).isEqualTo(new LaneRange(30_000_000_000L, 50_000_000_000L));
  }

  @Test
  void whatHasNoPlaceIsRefused() {
    assertThatThrownBy(() -> DropSequence.of(0, 0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> DropSequence.of(0, DropSequence.PER_FILE))
        .hasMessageContaining("got 10000000000");
    assertThatThrownBy(() -> DropSequence.ofFile(DropSequence.FILES + 1))
        .hasMessageContaining("holds files 0 to");
  }

  @Test
  void aLaneOfFilesIsKnownByItsName() {
    assertThat(Lane.ofDrop("flights").isDrop()).isTrue();
    assertThat(Lane.ofTable("city_raw.drop").isDrop()).isFalse();
  }
}
