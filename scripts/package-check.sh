#!/usr/bin/env bash
# Packs the package, installs the tarball elsewhere and runs it there.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npx publint --strict
npm pack --silent --pack-destination "$work" >/dev/null
tarball=$(echo "$work"/gwmigrate-*.tgz)
echo "package: $(wc -c <"$tarball") bytes, $(tar -tzf "$tarball" | wc -l) files"

mkdir "$work/app"
cp fixtures/scenarios/readme/input.yaml "$work/app/ingress.yaml"
cd "$work/app"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --offline "$tarball"

npx gwmigrate --version
npx gwmigrate convert ingress.yaml >routes.yaml 2>report.txt || status=$?
grep -q '^kind: HTTPRoute' routes.yaml
PATH=$PWD/node_modules/.bin:$PATH kubectl-gwmigrate --help | grep -q 'kubectl gwmigrate'
cat >use.mjs <<'EOJ'
import { convert } from 'gwmigrate';
const { objects } = await convert([{ kind: 'text', file: 'x.yaml', text: '' }]);
if (objects.length !== 0) throw new Error('nothing should come of nothing');
EOJ
node use.mjs
echo 'package: installs and runs (exit '"${status:-0}"' of the example)'
