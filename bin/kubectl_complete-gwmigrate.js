#!/usr/bin/env node
// kubectl asks an executable of this name what may follow `kubectl gwmigrate`.
const [node = '', script = '', ...words] = process.argv;
require('./program.js').start([node, script, '__complete', ...words]);
