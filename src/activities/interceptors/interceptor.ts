import type { Context } from '@temporalio/activity';

/** The part of the worker's `ActivityInboundCallsInterceptor` that is used here. */
export interface ActivityInterceptor {
  execute<Input extends { readonly args: readonly unknown[] }>(
    input: Input,
    next: (input: Input) => Promise<unknown>,
  ): Promise<unknown>;
}

/** Makes the interceptor of one attempt; fits the worker option `interceptors.activity`. */
export type ActivityInterceptorFactory = (context: Context) => { readonly inbound: ActivityInterceptor };
