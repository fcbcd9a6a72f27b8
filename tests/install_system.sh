#!/usr/bin/env bash
# The tests open the report in a real browser: Debian's chromium. It is the only thing they need
# from the system; it is installed as root and only where it is missing.
set -euo pipefail

if command -v chromium >/dev/null; then
  exit 0
fi

line='apt-get update && apt-get install --yes --no-install-recommends chromium'
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need the browser chromium, which is not installed." >&2
  if command -v apt-get >/dev/null; then
    echo "Install it as root with: $line" >&2
  else
    echo "Install it with the system's package manager, so that the command 'chromium' is found." >&2
  fi
  exit 1
fi

echo "Installing chromium for the tests"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && apt-get install --yes --no-install-recommends chromium; } </dev/null; then
  echo "chromium could not be installed. Is there a network connection? Then run: $line" >&2
  exit 1
fi
