import { z } from 'zod';
import { defineRoute, type Route } from '../route';
import { StartAnswer } from '../schemas/flows';
import { ChosenSettings, InitializeBody, StoreImportFields } from '../schemas/start';
import { UploadVerdict } from '../schemas/uploads';
import type { ApiServices } from '../services';
import { uploadTypes } from '../uploads';
import { initializeFlow } from '../use-cases/initialize-flow';
import { storeImport } from '../use-cases/store-import';
import { validateUpload } from '../use-cases/validate-upload';

const started = { 201: StartAnswer, 202: StartAnswer } as const;
const tenantPost = { method: 'post', scope: 'tenant', permission: 'discovery.import' } as const;

const uploadErrors = [
  'UPLOAD_001',
  'UPLOAD_002',
  'UPLOAD_003',
  'UPLOAD_004',
  'UPLOAD_005',
  'UPLOAD_006',
  'UPLOAD_007',
  'UPLOAD_008',
  'UPLOAD_009',
  'UPLOAD_010',
  'UPLOAD_012',
  'IMP_004',
  'IMP_005',
  'STORAGE_001',
  'STORAGE_003',
] as const;

/** Name of a file that is sent as the whole body. */
const FileQuery = z.object({ filename: z.string().max(300).optional() });

export function startRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...tenantPost,
      path: '/data-import/store-import',
      summary: 'Store an export and start a flow with it, or add it to an open flow',
      tag: 'imports',
      query: FileQuery,
      streams: uploadTypes,
      form: StoreImportFields,
      responses: started,
      errors: [...uploadErrors, 'FLOW_002', 'FLOW_011', 'VAL_004', 'VAL_005'],
      handler: (input) => storeImport(services, input),
    }),
    defineRoute({
      ...tenantPost,
      path: '/data-import/validate-upload',
      summary: 'Say what a file is and what would become of it; nothing is stored',
      tag: 'imports',
      query: FileQuery,
      streams: uploadTypes,
      form: ChosenSettings,
      responses: { 200: UploadVerdict },
      errors: [...uploadErrors],
      handler: (input) => validateUpload(services, input),
    }),
    defineRoute({
      ...tenantPost,
      path: '/unified-discovery/flows/initialize',
      summary: 'Start a flow from records in the body, or one that waits for its first file',
      tag: 'flows',
      body: InitializeBody,
      responses: started,
      errors: ['VAL_004', 'VAL_005', 'STORAGE_001'],
      handler: (input) => initializeFlow(services, input),
    }),
  ];
}
