/** The public API: the conversion as a function. Everything else is internal. */
export { convert, OptionError, type ConvertOptions, type ConvertResult } from './convert.ts';
export type { Finding, Fidelity, Risk, Severity } from './diagnostics/finding.ts';
export type { GatewayObject } from './model/gateway.ts';
export type { SourceItem, SourceText } from './input/define.ts';
