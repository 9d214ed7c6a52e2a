#!/usr/bin/env bash
# A running node describes its API as OpenAPI 3.1 that a validator from elsewhere accepts, and its metrics pass promtool.
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

"$takt" run --plant "$root/plants/gearworks.json" --data "$work/data" --http 127.0.0.1:0 >"$work/out" 2>"$work/err" &
node=$!
for _ in $(seq 600); do
    url=$(sed -n 's/^ready at \([^,]*\),.*/\1/p' "$work/out")
    [[ -z $url ]] || break
    kill -0 "$node" 2>/dev/null || { cat "$work/err"; exit 1; }
    sleep 0.1
done
[[ -n $url ]] || { echo "the node did not get ready within a minute"; cat "$work/err"; exit 1; }

curl -sf "$url/api/v1/openapi.json" >"$work/openapi.json"
version=$(jq -r .openapi "$work/openapi.json")
[[ $version == 3.1.* ]] || { echo "openapi is $version"; exit 1; }
jq -e '.paths["/api/v1/orders"].post and .components.schemas["order.state"]' "$work/openapi.json" >/dev/null
"$root/tests/e2e/node_modules/.bin/validate-api" "$work/openapi.json"
echo "the API description is valid OpenAPI $version"

curl -sf "$url/metrics" >"$work/metrics"
grep -q '^takt_machines{' "$work/metrics"
if command -v promtool >/dev/null; then
    promtool check metrics <"$work/metrics"
    echo "promtool finds nothing wrong with the metrics"
fi
