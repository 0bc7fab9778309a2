// Writes a stream of N Ingresses with their Services, shaped like a large cluster: several namespaces, hosts shared by two Ingresses, TLS, common annotations.

const annotationSets = [
  {},
  { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' },
  { 'nginx.ingress.kubernetes.io/proxy-body-size': '50m', 'nginx.ingress.kubernetes.io/proxy-read-timeout': '300' },
  { 'nginx.ingress.kubernetes.io/rewrite-target': '/$2' },
  { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
  { 'nginx.ingress.kubernetes.io/enable-cors': 'true', 'nginx.ingress.kubernetes.io/cors-allow-origin': 'https://app.example.com' },
];

const annotationLines = (set) => Object.entries(set).map(([key, value]) => `    ${key}: "${value}"\n`).join('');

function ingress(index) {
  const set = annotationSets[index % annotationSets.length];
  const namespace = `team-${index % 20}`;
  const host = `app-${index >> 1}.example.com`;
  const path = set['nginx.ingress.kubernetes.io/rewrite-target'] ? `/svc-${index}(/|$)(.*)` : `/svc-${index}`;
  const type = set['nginx.ingress.kubernetes.io/rewrite-target'] ? 'ImplementationSpecific' : 'Prefix';
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ingress-${index}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: service-${index}
    app.kubernetes.io/part-of: shop
${index % annotationSets.length === 0 ? '' : `  annotations:\n${annotationLines(set)}`}spec:
  ingressClassName: nginx
  tls:
  - hosts:
    - ${host}
    secretName: tls-${index >> 1}
  rules:
  - host: ${host}
    http:
      paths:
      - path: ${path}
        pathType: ${type}
        backend:
          service:
            name: service-${index}
            port:
              number: 80
      - path: /api-${index}
        pathType: ${type}
        backend:
          service:
            name: service-${index}
            port:
              number: 8080
`;
}

function service(index) {
  return `apiVersion: v1
kind: Service
metadata:
  name: service-${index}
  namespace: team-${index % 20}
spec:
  selector:
    app.kubernetes.io/name: service-${index}
  ports:
  - name: http
    port: 80
    targetPort: 8080
  - name: api
    port: 8080
    targetPort: 8081
`;
}

/** The stream as text. */
export function generate(count) {
  const documents = [];
  for (let index = 0; index < count; index += 1) documents.push(ingress(index), service(index));
  return documents.join('---\n');
}

/** One Ingress with as many hosts and certificates. */
export function wide(hosts) {
  const names = Array.from({ length: hosts }, (_, index) => `host-${index}.example.com`);
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: wide
  namespace: team
spec:
  ingressClassName: nginx
  tls:
${names.map((name, index) => `  - hosts: [${name}]\n    secretName: tls-${index}\n`).join('')}  rules:
${names.map((name) => `  - host: ${name}\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend: { service: { name: web, port: { number: 80 } } }\n`).join('')}`;
}

/** One host whose paths come from as many Ingresses of ten paths each. */
export function long(paths) {
  const items = (start) =>
    Array.from({ length: 10 }, (_, index) => `      - path: /area-${start + index}/list\n        pathType: Prefix\n        backend: { service: { name: web, port: { number: 80 } } }\n`).join('');
  const documents = [];
  for (let start = 0; start < paths; start += 10) {
    documents.push(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: part-${start}
  namespace: team
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
${items(start)}`);
  }
  return documents.join('---\n');
}

/** Ingresses that lose something each: a rate limit, an external authentication and a snippet. */
export function losing(count) {
  return Array.from({ length: count }, (_, index) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: losing-${index}
  namespace: team-${index % 20}
  annotations:
    nginx.ingress.kubernetes.io/limit-rps: "${10 + (index % 7)}"
    nginx.ingress.kubernetes.io/auth-url: https://auth.example.com/check
    nginx.ingress.kubernetes.io/configuration-snippet: more_set_headers X-Shop:${index};
spec:
  ingressClassName: nginx
  rules:
  - host: shop-${index}.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: { service: { name: web, port: { number: 80 } } }
`).join('---\n');
}
