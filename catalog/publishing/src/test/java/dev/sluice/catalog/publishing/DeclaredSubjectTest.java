package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.PrivacyMethod;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredSubjectTest {
  private static final Map<String, PrivacyMethod> METHODS =
      Map.of(
          "trips.rider", new PrivacyMethod.SivToken("person"),
          "fines.payer", new PrivacyMethod.SivToken("person"),
          "calls.caller", new PrivacyMethod.SivToken("phone"),
          "visits.guest", new PrivacyMethod.HmacPseudonym("person"),
          "trips.line", new PrivacyMethod.Keep());

  @Test
  void everyPlaceGivesADeclaredColumn() {
    DeclaredSubject subject = counting("trips.rider", "fines.payer");

    assertThat(subject.isIn(Set.of(Set.of("trips.rider")))).isTrue();
    assertThat(subject.isIn(Set.of(Set.of("trips.rider"), Set.of("fines.payer")))).isTrue();
    assertThat(subject.isIn(Set.of(Set.of("trips.rider", "other.rider")))).isTrue();
    assertThat(subject.isIn(Set.of(Set.of("trips.rider"), Set.of("trips.line")))).isFalse();
    assertThat(subject.isIn(Set.of())).isFalse();
  }

  @Test
  void aPersonWithTwoTokensWouldCountTwice() {
    assertThat(both("trips.rider", "calls.caller")).isFalse();
    assertThat(both("trips.rider", "visits.guest")).isFalse();
    assertThat(both("trips.rider", "trips.line")).isFalse();
  }

  @Test
  void whereNoneIsDeclaredAnyColumnWillDo() {
    assertThat(counting().isIn(Set.of(Set.of("trips.line")))).isTrue();
    assertThat(counting().isIn(Set.of(Set.of("trips.rider"), Set.of("calls.caller")))).isFalse();
  }

  private static boolean both(String one, String other) {
    return counting(one, other).isIn(Set.of(Set.of(one), Set.of(other)));
  }

  private static DeclaredSubject counting(String... columns) {
    return new DeclaredSubject(Set.of(columns), METHODS);
  }
}
