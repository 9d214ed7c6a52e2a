#!/usr/bin/env bash
# The loop from a faulty sample to the new plan is measured over a real broker, and the figures have the form that docs
# and others rely on. Few machines and seconds: the times themselves are not judged here, only that everything came about.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
takt=${TAKT:-$root/build/takt}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
"$takt" bench loop --machines 40 --rate 1000 --faults 4 --every 1 --operations 100 --fill-seconds 60 --json \
    --data "$work/data" >"$work/figures.json"

expect() { # JQ-CONDITION
    jq -e "$1" "$work/figures.json" >/dev/null || { echo "not $1:"; cat "$work/figures.json"; exit 1; }
}

for spread in hold_ms maintenance_order_ms quarantine_ms dispatched_schedule_ms promise_ms; do
    expect ".$spread | has(\"p50\") and has(\"p99\") and has(\"count\")"
done
expect '.faults == 4 and .cases >= 4'
expect '.hold_ms.count == 4 and .maintenance_order_ms.count == 4 and .dispatched_schedule_ms.count == 4'
expect '.quarantine_ms.count >= 1' # what a machine has just begun may be all that it made
expect '.hold_ms.p50 > 0 and .hold_ms.p50 <= .hold_ms.p99'
expect '.samples > 5000 and .samples_lost == 0'
expect '.machine.cores > 0'
