import { aboutAnnotation, raise } from '../diagnostics/finding.ts';
import { codes } from './codes.ts';
import { defineFamily } from './define.ts';

const meaning = 'was meant to push what a Link header announces';
const reason = 'the nginx inside the controller has no HTTP/2 push any more';

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/http2pushpreload/main.go and https://nginx.org/en/CHANGES (1.25.1) */
export const http2Push = defineFamily({
  id: 'http2-push',
  keys: ['http2-push-preload'],
  codes: {},
  intents: [],
  docs: {
    nginx: `It ${meaning}, but ${reason}. A value that is no boolean costs the whole Ingress all the same.`,
    gateway: 'Nothing is needed: browsers have given up HTTP/2 push as well.',
    loss: 'Nothing: it has no effect today.',
  },
  read: ({ get }) => {
    const present = get('http2-push-preload');
    if (present === undefined) return {};
    const { ingress, key } = present;
    return { findings: [raise(codes, 'annotation/no-effect', aboutAnnotation(ingress, key), { annotation: key, reason, meaning })] };
  },
});
