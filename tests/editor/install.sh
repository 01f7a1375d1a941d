#!/bin/sh
# Make sure that the YAML language server is there for the editor tests: Node of the system, the server from its lock file.
set -eu
cd "$(dirname "$0")"

if ! command -v npm >/dev/null 2>&1; then
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
    fi
    if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
        echo "Installing Node from the system's packages for the editor tests ..."
        $as_root apt-get update -qq
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
    else
        echo "The editor tests need Node with npm, and it is not here." >&2
        echo "Install it (Debian, Ubuntu: apt-get install nodejs npm; Fedora: dnf install nodejs; macOS: brew install node)." >&2
        exit 1
    fi
fi

if [ ! -f node_modules/.done ] || [ package-lock.json -nt node_modules/.done ]; then
    npm ci --silent --no-audit --no-fund --ignore-scripts
    touch node_modules/.done
fi
