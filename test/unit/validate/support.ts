import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { GatewayObject } from '../../../src/model/gateway.ts';
import type { Profile } from '../../../src/targets/profile.ts';

const root = new URL('../../../', import.meta.url);

export function profileAt(minor: number, channel: Profile['channel']): Profile {
  return {
    target: 'standard',
    targetVersion: '',
    gatewayApiVersion: `1.${minor}`,
    version: [1, minor, 0],
    channel,
    controllerName: 'example.com/controller',
    defaultGatewayClass: 'edge',
    regex: { dialect: 're2', extent: 'whole', captureRewrite: false },
    supports: () => true,
    missing: () => '',
  };
}

export function readObject(path: string): GatewayObject {
  return parse(readFileSync(new URL(path, root), 'utf8')) as GatewayObject;
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the file
export function readSchema<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`schemas/${path}`, root), 'utf8')) as T;
}
