#!/bin/sh
# Make sure that a Chromium is there for the browser tests: use the one of the system, or install the system's package.
set -eu

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "Installing Chromium from the system's packages for the browser tests ..."
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
    exit 0
fi

echo "The browser tests need Chromium, and it is not here." >&2
echo "Install it (Debian, Ubuntu: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install chromium)," >&2
echo "or name one in the variable CHROMIUM: make test CHROMIUM=/path/to/chromium" >&2
exit 1
