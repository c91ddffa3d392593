# The launcher's test command, read by it: build, then Java, Python and Airflow side by side; the end
# lists the time of each section, the slowest tests and one closing line.
# shellcheck shell=bash
# shellcheck disable=SC2154  # root, oracle, emulator and built are the launcher's

failed=0
results=$root/target/test-results
began=$root/target/test-began
summary=$results/summary

# section NAME COMMAND...: runs it, keeps its time and whether it failed.
section() {
  local name=$1 start=$SECONDS result=passed
  shift
  say "" "== $name"
  if ! "$@"; then
    result=FAILED
    failed=1
  fi
  printf '%-45s %s in %d s\n' "$name" "$result" $((SECONDS - start)) >>"$summary"
}

java_tests() {
  local log=$root/target/test-java.log
  find_maven
  # zones beside one another: exports wait for the emulator while stage computes; what was built a
  # moment ago is not compiled again because a jar is newer than its classes
  run_maven "$log" --fail-at-end -T 2 -Dstyle.color=never -Dmaven.compiler.useIncrementalCompilation=false \
    "-Dsluice.root=$root" "-Dsluice.emulator.venv=$emulator/.venv" "$@" && return 0
  say "" "what failed, from $log:"
  grep -h -A 15 -E '<<< (FAILURE|ERROR)!' "$log" | grep -v 'Tests run:' | awk 'NR <= 300' >&2
  return 1
}

# Compiles and packages everything, tests too, and checks style; what is tested is built once.
build_for_tests() {
  local fresh=$root/target/built.began
  find_maven
  touch "$fresh"
  run_maven "$root/target/test-build.log" --fail-at-end -T 2 -DskipTests verify || return 1
  mv "$fresh" "$built"
  (keep_classes)
}

is_built_for_tests() {
  is_built && [[ -d $root/tests/target/test-classes ]] &&
    [[ -z $(find "$root/tests/src/test/java" -newer "$built" -print -quit) ]]
}

# python_tests NAME OPTIONS...: what pytest runs with these options; figures go to NAME.xml.
python_tests() {
  is_built_for_tests || build_for_tests || return 1
  make_venv "$emulator" 3.13 || return 1
  make_venv "$oracle" 3.11 || return 1
  # shellcheck source=infra/launcher/dist.sh
  . "$root/infra/launcher/dist.sh"
  class_path_of infra/object-store >/dev/null || return 1
  (cd "$oracle" && PYTHONUNBUFFERED=1 .venv/bin/python -m pytest -v -ra --junitxml="$results/${1:-oracle}.xml" "${@:2}")
}

dag_tests() {
  make_venv "$dags" 3.11 || return 1
  (cd "$dags" && .venv/bin/python -m pytest -q -ra --junitxml="$results/dags.xml" tests)
}

airflow_check() { SLUICE_JAVA_OPTS=$FIRST_COMPILER "$root/sluice" airflow --check; }

airflow_tests() {
  section "$DAGS" dag_tests
  section "$AIRFLOW" airflow_check
}

airflow_kills() {
  is_built_for_tests || build_for_tests || return 1
  make_venv "$emulator" 3.13 || return 1
  make_venv "$oracle" 3.11 || return 1
  make_venv "$dags" 3.11 || return 1
  (cd "$root/infra/airflow" && PYTHONUNBUFFERED=1 "$dags/.venv/bin/python" -m pytest -v -ra --junitxml="$results/airflow-kills.xml" .)
}

# beside COMMAND...: in the background, its lines set in; LANES gets its process group. It has one of
# its own: as a plain background job the tests and the commands they start would ignore Ctrl-C, which
# they test. Whole lines only, lest those of several mix. The Java tests take longest, so what runs
# beside them leaves them the cores.
beside() {
  set -m
  { renice -n 2 -p "$BASHPID" >/dev/null 2>&1 || true; "$@"; } 2>&1 | (trap '' INT && sed -u 's/^/    /') >&2 &
  LANES+=("$(jobs -p %%)")
  set +m
}

stop_lanes() {
  local lane
  for lane in "${LANES[@]}"; do kill -INT -- "-$lane" 2>/dev/null; done
  wait
  exit 130
}

# The Python environments of all lanes.
environments() {
  make_venv "$emulator" 3.13 && make_venv "$oracle" 3.11 && make_venv "$dags" 3.11
}

after_one_another() {
  airflow_tests
  section "$BACKFILL" python_tests backfill test_backfill.py
}

# None of the three uses both cores all the time, so they run side by side, each with services of
# its own; what more than one needs is made before.
all_tests() {
  local name
  LANES=()
  make_venv "$emulator" 3.13 || return 1
  make_venv "$oracle" 3.11 || return 1
  # shellcheck source=infra/launcher/dist.sh
  . "$root/infra/launcher/dist.sh"
  class_path_of infra/object-store >/dev/null || return 1
  trap stop_lanes INT TERM
  beside section "$PYTHON" python_tests oracle "${ON_ITS_OWN[@]/#/--ignore=}"
  beside after_one_another
  section "$JAVA" java_tests test
  wait
  trap - INT TERM
  for name in "$PYTHON" "$DAGS" "$AIRFLOW" "$BACKFILL"; do
    grep -q "^$name .*passed" "$summary" || failed=1
  done
}

cluster_speed() {
  (cd "$oracle" && .venv/bin/python -m sluice_oracle.speed --size "$SLUICE_CLUSTER_ROWS")
}

# reports COMMAND...: on all JUnit files written since the start.
reports() {
  find "$root" -newer "$began" \( -path '*/target/surefire-reports/TEST-*.xml' \
    -o -path '*/target/failsafe-reports/TEST-*.xml' -o -path "$results/*.xml" \) -exec "$@" {} + || true
}

# elements NAME: the start tags of this name in all of them.
elements() { reports grep -ohE "<$1 [^>]*>"; }

# The tests that failed, whichever language they are in, each with the beginning of what it says.
failing() {
  reports awk '
    function attribute(name) {
      return match($0, " " name "=\"[^\"]*") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : ""
    }
    BEGIN {RS = "<"}
    /^testcase / {test = attribute("classname") " " attribute("name")}
    /^(failure|error)[ >]/ {
      said = attribute("message"); gsub(/&#10;|\n/, " ", said)
      printf "  %s\n      %s\n", substr(test, 1, 150), substr(said, 1, 1200)
    }'
}

# The slowest tests, preparation that a test did for its class or module included.
slowest() {
  elements testcase | awk '
    function attribute(name) {
      return match($0, " " name "=\"[^\"]*") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : ""
    }
    {
      class = attribute("classname"); sub(/^.*\./, "", class)
      printf "%8.1f s  %s %s\n", attribute("time"), class, substr(attribute("name"), 1, 100)
    }' | sort -rn | awk -v wanted="$1" 'NR <= wanted' # reads all: a closed pipe would end the launcher
}

# The figures of all JUnit files, in one line.
closing_line() {
  elements testsuite | awk '
    function figure(name) {
      return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0
    }
    {t += figure("tests"); f += figure("failures"); e += figure("errors"); s += figure("skipped")}
    END {printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", t, f, e, s}'
}

export SLUICE_TEST_JVM=$FIRST_COMPILER
mkdir -p "$results"
touch "$began"
: >"$summary"
readonly ON_ITS_OWN=(test_backfill.py test_cluster.py)
readonly CLUSTER="Python tests: a cluster"
readonly BUILD="build: compile, check style, package"
readonly JAVA="Java tests"
readonly PYTHON="Python tests: judge the demo and killed runs"
readonly BACKFILL="Python tests: days done again"
readonly DAGS="Airflow: DAGs and their conventions"
readonly AIRFLOW="Airflow: one data set end to end"
case ${1:-} in
  '')
    LANES=()
    trap stop_lanes INT TERM
    beside environments # they wait for the network, the build for the cores
    section "$BUILD" build_for_tests
    wait
    ((failed)) || all_tests
    ;;
  --java)
    section "$BUILD" build_for_tests
    ((failed)) || { make_venv "$emulator" 3.13 && section "$JAVA" java_tests test; } || failed=1
    ;;
  --python) section "$PYTHON" python_tests oracle "${@:2}" ;;
  --airflow) airflow_tests ;;
  --cluster) section "$CLUSTER" python_tests cluster test_cluster.py ;;
  --long)
    section "Airflow: killed runner, driver, scheduler; backfills" airflow_kills
    export SLUICE_CLUSTER_ROWS=${SLUICE_CLUSTER_ROWS:-500000}
    section "$CLUSTER, $SLUICE_CLUSTER_ROWS events" python_tests cluster test_cluster.py
    section "speed of two executors and of one" cluster_speed
    export SLUICE_TEST_LONG=1
    section "Python: the flights of a year as files" python_tests files test_files.py
    section "Python: a month done again" python_tests backfill test_backfill.py
    section "Python: half an hour of small batches" python_tests stream test_stream.py
    ;;
  --unit)
    section "Java: modules without Spark and services" java_tests \
      -pl infra/embedded,catalog/contract,catalog/tables,catalog/privacy -am test
    ;;
  *) die 64 "test takes --unit, --java, --python [pytest options], --airflow, --cluster, --long or nothing; got '$1'" ;;
esac

printf '\n' >&2
((failed == 0)) || { echo "failed tests:" && failing; }
echo "slowest tests:"
slowest 10
cat "$summary"
printf '%-45s %s in %d s\n' "all of it" "$( ((failed)) && echo FAILED || echo passed)" "$SECONDS"
closing_line
((failed == 0)) || exit 1
