#!/bin/sh
# Whether what is staged under rendered/ is what the staged intents render to: what a commit would hold, whatever else lies in the work tree.
# As git's own hook, or run by a hook manager; arguments go to `mainsheet render --check`.
set -eu
top=$(git rev-parse --show-toplevel)
beside=$(cd "$(dirname "$0")" && pwd)/../dist/mainsheet.mjs
if [ -f "$beside" ]; then
  set -- node "$beside" render --check "$@"
elif [ -x "$top/node_modules/.bin/mainsheet" ]; then
  set -- "$top/node_modules/.bin/mainsheet" render --check "$@"
else
  set -- mainsheet render --check "$@"
fi
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
trap 'exit 130' INT TERM
git checkout-index --all --prefix="$staged/"
cd "$staged"
code=0
"$@" || code=$?
if [ "$code" -eq 2 ]; then echo 'What is staged is not rendered: `mainsheet render`, then `git add rendered`.' >&2; fi
exit "$code"
