#!/usr/bin/env node
// Node >= 22.1 keeps compiled code between runs; Node 20 has no such function.
process.getBuiltinModule('node:module').enableCompileCache?.();
const { main } = await import('../dist/cli.js');
await main(process.argv);
