# The launcher's test command, read by it: Java, then Python; every section runs, and one closing
# line sums them up.
# shellcheck shell=bash
# shellcheck disable=SC2154  # root, oracle, emulator and built are the launcher's

failed=0
summary=()
results=$root/target/test-results
began=$root/target/test-began

# section NAME COMMAND...: runs it, keeps its time and whether it failed.
section() {
  local name=$1 start=$SECONDS result=passed
  shift
  say "" "== $name"
  if ! "$@"; then
    result=FAILED
    failed=1
  fi
  summary+=("$(printf '%-45s %s in %d s' "$name" "$result" $((SECONDS - start)))")
}

java_tests() {
  local log=$root/target/test-java.log
  find_maven
  run_maven "$log" --fail-at-end -Dstyle.color=never \
    "-Dsluice.root=$root" "-Dsluice.emulator.venv=$emulator/.venv" "$@" && return 0
  say "" "what failed, from $log:"
  grep -h -A 15 -E '<<< (FAILURE|ERROR)!' "$log" | grep -v 'Tests run:' | head -300 >&2
  return 1
}

all_java_tests() {
  local fresh=$root/target/built.began
  touch "$fresh"
  make_venv "$emulator" 3.13 || return 1
  java_tests verify || return 1
  mv "$fresh" "$built" # what the tests passed on is what the Python tests run
}

python_tests() {
  build
  make_venv "$emulator" 3.13 || return 1
  make_venv "$oracle" 3.11 || return 1
  (cd "$oracle" && .venv/bin/python -m pytest -ra --junitxml="$results/oracle.xml" "$@")
}

# The figures of all JUnit files written since the start, in one line.
closing_line() {
  local files=()
  while IFS= read -r -d '' file; do files+=("$file"); done < <(find "$root" -newer "$began" \
    \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' \
    -o -path "$results/*.xml" \) -print0)
  { grep -ohE '<testsuite [^>]*>' /dev/null "${files[@]}" || true; } | awk '
    function figure(name) {
      return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0
    }
    {t += figure("tests"); f += figure("failures"); e += figure("errors"); s += figure("skipped")}
    END {printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", t, f, e, s}'
}

mkdir -p "$results"
touch "$began"
case ${1:-} in
  '')
    section "Java: compile, check style, test" all_java_tests
    section "Python: judge the demo and killed runs" python_tests
    ;;
  --java) section "Java: compile, check style, test" all_java_tests ;;
  --python) section "Python: judge the demo and killed runs" python_tests "${@:2}" ;;
  --unit)
    section "Java: modules without Spark and services" java_tests \
      -pl infra/embedded,catalog/contract,catalog/tables,catalog/privacy -am test
    ;;
  *) die 64 "test takes --unit, --java, --python [pytest options] or nothing; got '$1'" ;;
esac

printf '\n' >&2
printf '%s\n' "${summary[@]}"
closing_line
((failed == 0)) || exit 1
