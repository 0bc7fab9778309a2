#!/usr/bin/env node
// kubectl asks an executable of this name what may follow `kubectl gwmigrate`.
const { main } = await import('../dist/cli.js');
const [node = '', script = '', ...words] = process.argv;
await main([node, script, '__complete', ...words]);
