import { authorizationPolicy } from './authorization-policy.ts';
import { destinationRule } from './destination-rule.ts';
import { gateway } from './gateway.ts';
import type { Kind } from './kind.ts';
import { serviceEntry } from './service-entry.ts';
import { sidecar } from './sidecar.ts';
import { virtualService } from './virtual-service.ts';

/** Every kind that intents become, in the order in which a file lists them: what is referred to comes before what refers to it. */
export const kinds: readonly Kind[] = [serviceEntry, gateway, destinationRule, virtualService, sidecar, authorizationPolicy];
