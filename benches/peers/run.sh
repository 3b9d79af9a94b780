#!/usr/bin/env bash
# The six edits in cleanclaim, Polars and DuckDB over the same claims and tables: benches/peers/run.sh [CLAIMS]
#
# Needs CMS's files beside the checkout (`../shared/data`), cargo, and python3 with venv. Makes a virtual environment and
# a folder of data beside itself. See docs/performance.md.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
claims="${1:-1000000}"

cd "$here/../.."
cargo build --quiet --release --locked -p cleanclaim-cms --example export_workload
if ! cmp --silent "$here/requirements.txt" "$here/.venv/installed.txt"; then
    rm -rf "$here/.venv"
    python3 -m venv "$here/.venv"
    "$here/.venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$here/.venv/installed.txt"
fi
cargo run --quiet --release --locked -p cleanclaim-cms --example export_workload -- "$here/data" "$claims"
"$here/.venv/bin/python" "$here/peers.py" "$here/data"
