import { foldText } from '../inventory/classification/words';

const notHosted: ReadonlySet<string> = new Set(
  'physical|bare metal|baremetal|none|no|n a|physisch|physique|fisico|standalone|not virtual|vmware|hyper v|kvm|azure|aws|gcp|cloud|true|false|yes'.split(
    '|',
  ),
);

/** Whether a host column says "none", or names a product instead of a host. */
export function namesNoHost(host: string): boolean {
  return notHosted.has(foldText(host));
}
