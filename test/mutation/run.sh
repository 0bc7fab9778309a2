#!/usr/bin/env bash
# Plants faults in src/nginx, src/plan and src/verify and counts those that the unit tests notice. Arguments go to Stryker:
# `npm run test:mutation -- --mutate src/nginx/merge.ts` for one file. Minutes for all of it; what is known of each file is kept in coverage/mutation.
set -euo pipefail
cd "$(dirname "$0")/../.."
# What the build makes and the tests import; a copy of the sources alone has it not.
[ -d src/validate/generated ] || node scripts/build-validators.mjs
[ -d test/mutation/node_modules ] || npm ci --prefix test/mutation --no-audit --no-fund
node test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js run test/mutation/stryker.config.js "$@"
node test/mutation/score.mjs
