import type { ManifestRule } from '../../manifest-rule.ts';
import { oneAuthoritySource } from './one-authority-source.ts';
import { validRe2 } from './valid-re2.ts';
import { virtualServiceHasRoutes } from './virtual-service-has-routes.ts';

/** One VirtualService by itself (Istio: pkg/config/validation/virtualservice.go). */
export const virtualServiceRules: readonly ManifestRule[] = [oneAuthoritySource, virtualServiceHasRoutes, validRe2];
