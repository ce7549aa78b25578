#!/usr/bin/env bash
# Are our WSDLs of FNAC taken as they are by SOAP stacks we did not write? Each stack generates its
# code from them and calls all seven operations of a running simulator, and one that must fail.
# A stack that is not installed is skipped and named. docs/channels/fnac.md says how to get them.
# Usage: scripts/strict-stacks.sh [zeep] [gsoap] [cxf]
set -euo pipefail
cd "$(dirname "$0")/.."
wsdl="$PWD/src/channels/fnac/wire/wsdl"
clients="$PWD/scripts/strict-stacks"
python="${PYTHON:-python3}"
scratch="$(mktemp -d)"
simulator=
failed=0

finish() {
  if [ -n "$simulator" ]; then kill "$simulator" 2>/dev/null || true; fi
  rm -rf "$scratch"
}
trap finish EXIT

start_simulator() {
  node bin/parterre.mjs simulate fnac --port 0 --folder "$scratch/fnac" --json \
    --user venue --password secret --manager STRICT >"$scratch/simulator.json" &
  simulator=$!
  for _ in $(seq 150); do
    url="$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$scratch/simulator.json")"
    if [ -n "$url" ]; then break; fi
    kill -0 "$simulator" 2>/dev/null || break
    sleep 0.2
  done
  if [ -z "$url" ]; then echo 'The simulator did not start' >&2; exit 1; fi
  curl -sSf "$url/switchboard/setProduct" -o /dev/null -d '{"code":"E",
    "performances":[{"start":"2027-03-05T20:00","hall":"GAR"}],"prices":{"A":{"N":"44.00"}}}'
  curl -sSf "$url/switchboard/sell" -o /dev/null -d '{"product":"E","start":"2027-03-05T20:00",
    "places":[{"block":"","row":"É","seat":"0"}],"force":true}'
}

zeep() {
  "$python" -c 'import zeep' 2>/dev/null || return 77
  "$python" "$clients/check.py" "$wsdl" "$url"
}

gsoap() {
  command -v wsdl2h >/dev/null && command -v soapcpp2 >/dev/null || return 77
  local folder="$scratch/gsoap"
  mkdir "$folder"
  (cd "$wsdl" && wsdl2h -c++11 -o "$folder/fnac.h" \
    EtatVentes.wsdl Contingentement.wsdl PrepareCtrlAcces.wsdl GetCtrlAcces.wsdl) \
    >"$folder/log" 2>&1 || { cat "$folder/log"; return 1; }
  cd "$folder"
  soapcpp2 -C -j -c++11 -I/usr/share/gsoap/import fnac.h >log 2>&1 || { cat log; return 1; }
  grep -i warning log && return 1
  g++ -std=c++11 -Wall -DWITH_NONAMESPACES -I. -o client \
    "$clients/check.cpp" soapC.cpp soap*Proxy.cpp -lgsoap++ || return 1
  ./client "$url"
}

cxf() {
  command -v mvn >/dev/null && command -v javac >/dev/null || return 77
  cp -r "$clients/cxf" "$scratch/cxf"
  cd "$scratch/cxf"
  mvn -B -q -ntp -Dstyle.color=never -Dwsdl="$wsdl" -Durl="$url" compile exec:java
}

if [ $# -eq 0 ]; then set -- zeep gsoap cxf; fi
start_simulator
for name in "$@"; do
  status=0
  ("$name") || status=$?
  case $status in
    0) echo "$name: all seven operations, and the fault" ;;
    77) echo "$name: SKIPPED, not installed" ;;
    *) echo "$name: FAILED"; failed=1 ;;
  esac
done
exit $failed
