import type { ControllerWorkload } from '../model/inventory.ts';
import { refOf, type RawObject, type ReadContext } from './read-metadata.ts';
import { fieldsOf, textOf } from './read-service.ts';
import { isList } from './reading.ts';

/** Names of the controller's image in all of its registries, and of its program. */
const controllerNames = /ingress-nginx\/controller|nginx-ingress-controller|ingress-nginx-controller/u;

/** Whether the text of a document can be a workload of the controller: any other one need not be parsed. */
export function mentionsController(text: string, start: number, end: number): boolean {
  return controllerNames.test(text.slice(start, end));
}

const words = (value: unknown): readonly string[] => (isList(value) ? value.map(textOf) : []);

/** nginx Inc.'s controller has an image of nearly the same name (nginx/nginx-ingress) and other flags. */
function isController(container: unknown): boolean {
  const { image, command, args } = fieldsOf(container);
  return controllerNames.test(textOf(image)) || [...words(command), ...words(args)].some((word) => word.endsWith('/nginx-ingress-controller'));
}

/** `$(POD_NAMESPACE)` is how charts and manifests name the namespace of the controller. */
const expand = (word: string, namespace: string): string => word.replaceAll('$(POD_NAMESPACE)', namespace);

function containersOf(raw: RawObject): readonly unknown[] {
  const { containers } = fieldsOf(fieldsOf(fieldsOf(raw.fields['spec'])['template'])['spec']);
  return isList(containers) ? containers : [];
}

/** The controller's own flags, if the workload runs it. */
export function readWorkload(raw: RawObject, context: ReadContext): readonly ControllerWorkload[] {
  const ref = refOf(raw, context);
  return containersOf(raw)
    .filter(isController)
    .slice(0, 1)
    .map((container) => {
      const { command, args } = fieldsOf(container);
      const flags = [...words(command), ...words(args)].filter((word) => word.startsWith('-')).map((word) => expand(word, ref.namespace));
      return { ref, flags, origin: { source: raw.source, path: [...raw.root, 'metadata', 'name'] } };
    });
}
