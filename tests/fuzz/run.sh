#!/bin/bash
# Fuzzes each target for a while and prints what came of it.
#
#   tests/fuzz/run.sh SECONDS [target...]     all of them, if none is named
#
# Builds build/fuzz if needed (INFLUENCE_FUZZ_PRESET names another preset, with
# a folder of its own). Starts from tests/fuzz/corpora/x and from the findings of
# earlier runs in build/fuzz/found/x. An input that breaks a target is put beside
# them, in build/fuzz/broken/x, to become a named file of the corpus. As many run
# at once as there are processors (INFLUENCE_FUZZ_JOBS says otherwise).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[[ ${1:-} =~ ^[0-9]+$ ]] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
seconds=$1
shift
known=$(sed -n 's/^ *influence_fuzz(\([a-z]*\).*/\1/p' tests/fuzz/CMakeLists.txt)
for target in "$@"; do
  grep -qx -- "$target" <<<"$known" || { echo "no target $target" >&2; exit 2; }
done
read -r -d '' -a targets <<<"${*:-$known}" || true

build=build/${INFLUENCE_FUZZ_PRESET:-fuzz}
cmake --preset "${build#build/}" >/dev/null
cmake --build --preset "${build#build/}" --parallel "$(nproc)" --target \
  "${targets[@]/%/_fuzz}" >"$build/build.log" || {
  cat "$build/build.log"; exit 1; }

# Runs one target; its line of the table is its output.
fuzz() {
  local target=$1 found=$build/found/$1 broken=$build/broken/$1
  local log=$build/$1.log dictionary=tests/fuzz/dictionaries/$1
  mkdir -p "$found" "$broken"
  local status=0
  "$build/tests/fuzz/${target}_fuzz" -max_len=4096 -print_final_stats=1 \
    -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
    -artifact_prefix="$broken/" \
    $([[ ! -f $dictionary ]] || echo "-dict=$dictionary") \
    "$found" "tests/fuzz/corpora/$target" >"$log" 2>&1 </dev/null || status=$?
  local runs findings result=passed
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  findings=$(find "$broken" -type f | wc -l)
  # One from an earlier run is a finding until it is no longer there.
  ((status == 0 && findings == 0)) || result=FAILED
  [[ $result == passed && ${runs:-0} -gt 0 ]] || result=FAILED
  # The last line that says so: "#123 DONE cov: 1 ft: 2 corp: 3/4b ...".
  local cov ft corpus
  read -r cov ft corpus < <(sed -n \
    's/.* cov: \([0-9]*\) ft: \([0-9]*\) corp: \([0-9]*\).*/\1 \2 \3/p' \
    "$log" | tail -1) || true
  printf '%-14s %11s %7s %9s %7s %9s  %s\n' "$target" "${runs:-?}" \
    "${cov:-?}" "${ft:-?}" "${corpus:-?}" "$findings" "$result"
  [[ $result == passed ]] || {
    grep -aE 'broken law|ERROR|runtime error|SUMMARY|Test unit' "$log" |
      head -5 | sed 's/^/    /'
    echo "    see $log"
  }
}
export -f fuzz
export seconds build

printf '%-14s %11s %7s %9s %7s %9s  %s\n' target executions cov features \
  corpus findings result
table=$(mktemp)
trap 'rm -f "$table"' EXIT
printf '%s\n' "${targets[@]}" |
  xargs -P "${INFLUENCE_FUZZ_JOBS:-$(nproc)}" -I{} bash -c 'fuzz {}' |
  tee "$table"
passed=$(grep -c ' passed$' "$table" || true)
failed=$((${#targets[@]} - passed))
echo "$passed passed, $failed failed"
((failed == 0))
