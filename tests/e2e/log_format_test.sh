#!/usr/bin/env bash
# With --log-format json every line on standard error is a JSON object with time, level and event; a wrong word is refused.
set -euo pipefail

takt=${TAKT:?the path of the built program}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
node=
stop() {
    [[ -z $node ]] || { kill "$node" 2>/dev/null || true; wait "$node" 2>/dev/null || true; }
    rm -rf "$work"
}
trap stop EXIT

start() { # options
    "$takt" run --plant "$root/plants/gearworks.json" --data "$work/data" --http 127.0.0.1:0 "$@" >"$work/out" 2>"$work/err" &
    node=$!
    for _ in $(seq 600); do
        grep -q '^ready at' "$work/out" && return
        kill -0 "$node" 2>/dev/null || { cat "$work/err"; exit 1; }
        sleep 0.1
    done
    echo "the node did not get ready within a minute"
    exit 1
}
end() {
    kill "$node"
    wait "$node"
    node=
}

start --log-format json
end
jq -es 'length > 1 and all(.at and .level and .event)' "$work/err" >/dev/null || { cat "$work/err"; exit 1; }
jq -es 'map(.event) | index("http_listening") and index("http_stopped")' "$work/err" >/dev/null
echo "each line of the log is an object with its event"

start --log-level warning
end
[[ ! -s $work/err ]] || { cat "$work/err"; exit 1; }
echo "what is less important than --log-level is not written"

code=0
"$takt" run --data "$work/data" --log-format xml 2>"$work/err" || code=$?
if [[ $code != 2 ]] || ! grep -q -- --log-format "$work/err"; then
    echo "exit code $code"
    cat "$work/err"
    exit 1
fi
echo "a format that is not known is refused"
