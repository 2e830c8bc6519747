export { discoveryFlow } from './discovery-flow';
export { estateChange } from './estate-change';
export { reconcile } from './reconcile';
