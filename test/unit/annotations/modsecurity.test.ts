import { describe, expect, it } from 'vitest';
import { onlyRecords } from '../../../src/annotations/modsecurity.ts';
import { readSettings } from '../../../src/nginx/settings-read.ts';
import { ingress } from '../../support/nginx-model.ts';

const firewall = (own: string, data?: Readonly<Record<string, string>>): boolean => {
  const shop = ingress('shop', own === '' ? {} : { 'modsecurity-snippet': own });
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' };
  const configMap = data === undefined ? undefined : { ref, data: new Map(Object.entries(data)), origin: { source: shop.source, path: [] } };
  return onlyRecords(shop, readSettings(configMap, {}).value);
};
const allowed = { 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'Critical' };
const everywhere = { ...allowed, 'enable-modsecurity': 'true' };

describe('onlyRecords', () => {
  it.each([
    ['SecRuleEngine DetectionOnly', true],
    ['secruleengine  "detectiononly"', true],
    ['SecRuleEngine Off', true],
    ['SecRuleEngine On\nSecRuleEngine DetectionOnly', true],
    ['SecRuleEngine DetectionOnly\nSecRule ARGS "@rx a" \\\n  "id:1,deny"\n# SecRuleEngine On', true],
    ['SecRuleEngine DetectionOnly\nSecRuleEngine On', false],
    ['SecRuleEngine Sometimes', false],
    ['SecRuleEngine DetectionOnly\nSecAction "id:1,ctl:ruleEngine=on"', false],
    ['SecRuleEngine DetectionOnly\nInclude /etc/rules.conf', false],
    ['SecRuleEngine DetectionOnly\nSecRemoteRules key https://rules.example.com', false],
    ["SecRuleEngine DetectionOnly\n'; deny all; #", false],
    ['SecRule ARGS "@rx a" "id:1,deny"', false],
    ['', false],
  ])('of an Ingress alone: %j is %s', (own, records) => {
    expect(firewall(own)).toBe(records);
  });

  it('takes the word of the ConfigMap where the Ingress says nothing', () => {
    expect(firewall('', { ...everywhere, 'modsecurity-snippet': 'SecRuleEngine DetectionOnly' })).toBe(true);
    expect(firewall('', { ...everywhere, 'modsecurity-snippet': 'SecRuleEngine On' })).toBe(false);
    expect(firewall('SecRule ARGS "@rx a" "id:1,deny"', { ...everywhere, 'modsecurity-snippet': 'SecRuleEngine On' })).toBe(false);
    expect(firewall('SecRuleEngine DetectionOnly', { ...everywhere, 'modsecurity-snippet': 'SecRuleEngine On' })).toBe(true);
    expect(firewall('SecRuleEngine DetectionOnly', { ...everywhere, 'modsecurity-snippet': 'SecAction "id:1,ctl:ruleEngine=On"' })).toBe(false);
  });

  it('does not rely on modsecurity.conf, for which a volume may stand in', () => {
    expect(firewall('', everywhere)).toBe(false);
    expect(firewall('SecRule ARGS "@rx a" "id:1,deny"', everywhere)).toBe(false);
    expect(firewall('SecRule ARGS "@rx a" "id:1,deny"', allowed)).toBe(true);
  });

  it('passes over rules of an Ingress that the controller does not allow', () => {
    expect(firewall('SecRuleEngine DetectionOnly', { 'enable-modsecurity': 'true' })).toBe(false);
  });
});
