#!/usr/bin/env node
// Makes `kubectl convert ingress NAME --to-httproute -o yaml` work, for those who link it into their PATH as kubectl-convert-ingress:
// kubectl runs the longest name that fits, so this one goes before the plugin kubectl-convert, which changes API versions and is left alone otherwise.
const [node = '', script = '', ...words] = process.argv;
require('./program.js').start([node, script, 'convert', 'ingress', ...words]);
