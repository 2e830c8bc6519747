import { z } from 'zod';
import { defaultFlowPolicy, type FlowPolicy } from '../../domain/flow/messages';
import { importPolicies } from '../../domain/lists';
import { Uuid } from './common';

/** Fields of a form are texts: JSON in them is read, anything else is taken as it stands. */
function jsonField<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return value; // the schema then says what is wrong with it
    }
  }, schema);
}

/** An empty field of a form says nothing. */
function textField<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema,
  );
}

const ApprovalPolicy = z.object({
  mode: z.enum(['ask', 'auto']).default('ask'),
  min_confidence: z.number().min(0).max(1).default(defaultFlowPolicy.approval.minConfidence),
  /** `auto`: a table that the recipe of its source decides wholly passes without a person. */
  recipe: z.enum(['ask', 'auto']).optional(),
});

const Flag = jsonField(z.boolean().optional());
const Settings = jsonField(z.record(z.string().max(100), z.unknown()).optional());

/** Settings of an import; one of them has words of its own. */
const ImportSettings = jsonField(
  z
    .record(z.string().max(100), z.unknown())
    .refine(
      ({ import_policy: policy }) => policy === undefined || importPolicies.some((known) => known === policy),
      { path: ['import_policy'], message: `One of ${importPolicies.join(', ')}` },
    )
    .optional(),
);

const policyFields = {
  approval: jsonField(ApprovalPolicy.optional()),
  ask_conflicts: Flag,
  ask_preview: Flag,
};

/** Fields that say how a file is to be read. */
export const ChosenSettings = z.object({ processing_config: ImportSettings, options: ImportSettings });
export type ChosenSettingsValues = z.output<typeof ChosenSettings>;

/** Fields beside the file of `store-import`; [P]: unknown ones are ignored. */
export const StoreImportFields = z.object({
  ...policyFields,
  /** An open flow that the file joins. */
  flow_id: textField(Uuid.optional()),
  flow_name: textField(z.string().trim().min(1).max(200).optional()),
  import_category: textField(z.string().trim().max(80).optional()),
  /** How the file is to be read (encoding, delimiter, header_line, sheets, …), and further settings to be kept. */
  processing_config: ImportSettings,
  /** The same under another name. */
  options: ImportSettings,
  metadata: Settings,
  upload_context: Settings,
  /** When the export was true; never taken from the time of the upload. */
  as_of: textField(z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional()),
  source_name: textField(z.string().trim().min(1).max(200).optional()),
  coverage: textField(z.enum(['full', 'partial']).optional()),
});
export type StoreImportValues = z.output<typeof StoreImportFields>;

export const InitializeBody = z.object({
  flow_name: z.string().trim().min(1).max(200).nullable().optional(),
  raw_data: z.array(z.record(z.string(), z.unknown())).max(100_000).nullable().optional(),
  configuration: z
    .object({ ...policyFields })
    .nullable()
    .optional(),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
});

/** The policy of a flow from what the request says of it. */
export function policyOf(fields: {
  readonly approval?: z.output<typeof ApprovalPolicy> | undefined;
  readonly ask_conflicts?: boolean | undefined;
  readonly ask_preview?: boolean | undefined;
}): FlowPolicy {
  const { approval } = fields;
  return {
    approval:
      approval === undefined
        ? defaultFlowPolicy.approval
        : {
            mode: approval.mode,
            minConfidence: approval.min_confidence,
            ...(approval.recipe === undefined ? {} : { recipe: approval.recipe }),
          },
    askConflicts: fields.ask_conflicts ?? defaultFlowPolicy.askConflicts,
    askPreview: fields.ask_preview ?? defaultFlowPolicy.askPreview,
  };
}
