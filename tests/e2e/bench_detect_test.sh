#!/usr/bin/env bash
# The rules of bench/data/ai4i2020/plant.json find on the public data what docs/detection.md says they find.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
takt=${TAKT:-$root/build/takt}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
"$takt" bench detect --json --data "$work/data" >"$work/figures.json"

expect() { # NAME JQ-CONDITION
    jq -e --arg name "$1" ".modes[] | select(.name == \$name) | $2" "$work/figures.json" >/dev/null ||
        { echo "$1: not $2:"; jq -c --arg name "$1" '.modes[] | select(.name == $name)' "$work/figures.json"; exit 1; }
}

jq -e '.judged_records == 5600 and .samples == 60000' "$work/figures.json" >/dev/null
expect TWF '.recall == 1 and .precision > 0.35 and .lead_minutes_median > 30'
expect HDF '.recall >= 0.98 and .precision >= 0.98'
expect PWF '.recall >= 0.98 and .precision >= 0.98'
expect OSF '.recall >= 0.9 and .precision >= 0.98'
expect RNF '.alarms == 0 and .recall == 0 and .precision == null'

if "$takt" bench detect --records "$root/README.md" --data "$work/other" >"$work/out" 2>&1; then
    echo "a file that is no data was taken"
    exit 1
fi
grep -q 'README.md:2: has not 14 columns' "$work/out" || { cat "$work/out"; exit 1; }
