package dev.sluice.raw.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every index of files does; its users' tests run on one that keeps this. */
public abstract class FileIndexContract {
  private static final String TABLE = "city_raw.scans";
  private static final FileMark A = new FileMark("a", 10, 1000);
  private static final FileMark B = new FileMark("b", 10, 1000);
  private static final FileMark B_LATER = new FileMark("b", 10, 2000);

  /** An index that knows nothing. */
  protected abstract FileIndex empty();

  @Test
  public void whatIsAddedIsSeenByItsMarkAndFoundByItsContent() {
    FileIndex index = empty();
    index.add(
        TABLE,
        List.of(
            new SeenFile(A, "sha1", Optional.of(0L), false, Optional.empty()),
            new SeenFile(B, "sha1", Optional.of(0L), true, Optional.empty())),
        new FileIndex.Reach(0, 1));

    assertThat(index.seen(TABLE, List.of(A, B, B_LATER))).isEqualTo(Set.of(A, B));
    assertThat(index.landed(TABLE, List.of("sha1", "sha2"))).isEqualTo(Map.of("sha1", 0L));
    assertThat(index.reach(TABLE)).isEqualTo(new FileIndex.Reach(0, 1));
    assertThat(index.seen(TABLE, List.of())).isEmpty();
    assertThat(index.landed(TABLE, List.of())).isEmpty();
  }

  @Test
  public void tablesAreKeptApart() {
    FileIndex index = empty();
    index.add(
        TABLE,
        List.of(new SeenFile(A, "sha1", Optional.of(0L), false, Optional.empty())),
        new FileIndex.Reach(0, 1));

    assertThat(index.seen("town_raw.scans", List.of(A))).isEmpty();
    assertThat(index.landed("town_raw.scans", List.of("sha1"))).isEmpty();
    assertThat(index.reach("town_raw.scans")).isEqualTo(FileIndex.Reach.NONE);
  }

  @Test
  public void whatIsSetAsideIsCountedAndMayLandLater() {
    FileIndex index = empty();
    index.add(
        TABLE,
        List.of(
            new SeenFile(A, "", Optional.empty(), false, Optional.of(Aside.TRUNCATED)),
            new SeenFile(B, "", Optional.empty(), false, Optional.of(Aside.TRUNCATED))),
        FileIndex.Reach.NONE);
    assertThat(index.aside(TABLE)).isEqualTo(Map.of(Aside.TRUNCATED, 2L));
    assertThat(index.aside(TABLE, List.of(A, B_LATER))).isEqualTo(Map.of(A, Aside.TRUNCATED));
    assertThat(index.landed(TABLE, List.of(""))).isEmpty();

    index.add(
        TABLE,
        List.of(new SeenFile(A, "sha1", Optional.of(7L), false, Optional.empty())),
        new FileIndex.Reach(1, 8));

    assertThat(index.aside(TABLE)).isEqualTo(Map.of(Aside.TRUNCATED, 1L));
    assertThat(index.aside(TABLE, List.of(A))).isEmpty();
    assertThat(index.landed(TABLE, List.of("sha1"))).isEqualTo(Map.of("sha1", 7L));
    assertThat(index.reach(TABLE)).isEqualTo(new FileIndex.Reach(1, 8));
  }

  @Test
  public void whatIsForgottenIsUnknown() {
    FileIndex index = empty();
    index.add(
        TABLE,
        List.of(new SeenFile(A, "sha1", Optional.of(0L), false, Optional.empty())),
        new FileIndex.Reach(0, 1));

    index.forget(TABLE);

    assertThat(index.seen(TABLE, List.of(A))).isEmpty();
    assertThat(index.reach(TABLE)).isEqualTo(FileIndex.Reach.NONE);
  }
}
