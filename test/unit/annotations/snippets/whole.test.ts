import { describe, expect, it } from 'vitest';
import { lostText } from '../../../../src/annotations/snippets/whole.ts';
import { ingress } from '../../targets/fake.ts';

function named(raw: string, context: 'auth' | 'stream' | 'modsecurity'): readonly string[] {
  return lostText({ ingress: ingress(), key: 'a', raw }, context).map(({ line, directive, protective }) => `${line} ${directive}${protective ? ' !' : ''}`);
}

describe('texts that are lost whole', () => {
  it('are named directive by directive', () => {
    expect(named('proxy_set_header X-Real-IP $remote_addr;\n\nproxy_set_header X-Tenant a;', 'auth')).toEqual(['1 proxy_set_header X-Real-IP', '3 proxy_set_header X-Tenant !']);
    expect(named('server {\n listen 9000;\n proxy_pass a:80;\n}\nlog_format x;', 'stream')).toEqual(['1 server', '5 log_format']);
    expect(named('proxy_set_header "a', 'auth')).toEqual(['1 the text !']);
    expect(named('server {', 'stream')).toEqual(['1 the text']);
  });

  it('of ModSecurity have a rule a line, or several with a backslash, called by number and never by value', () => {
    const text = 'SecRuleEngine On\n# a note\nSecAuditLog /dev/stdout\nSecRule ARGS:token "@streq s3cret" \\\n  "id:12,deny"\n\nSecAction "id:\'13\',pass"';
    expect(named(text, 'modsecurity')).toEqual(['1 SecRuleEngine !', '3 SecAuditLog', '4 SecRule 12 !', '7 SecAction 13 !']);
    expect(named('SecRuleEngine DetectionOnly', 'modsecurity')).toEqual(['1 SecRuleEngine']);
    expect(named('SecRule ARGS \\', 'modsecurity')).toEqual(['1 the text !']);
  });
});
