/** Ticks a step, or takes the tick away, only where the steps are still those that were seen. */
import type {
  PutInterfaceProductStepBody,
  SellingProgress,
  SellingProgressStepsItemStep,
} from '../../api/generated/client.ts';
import {
  getGetInterfaceProductStepsUrl,
  putInterfaceProductStep,
} from '../../api/generated/client.ts';
import { ProblemError, unreachable } from '../../api/problem.ts';
import { exchange } from '../../api/send.ts';

/** Throws ProblemError: `etag.changed` where somebody else was faster. */
export async function markStep(
  seen: SellingProgress,
  step: SellingProgressStepsItemStep,
  body: PutInterfaceProductStepBody,
) {
  const [of, product] = [seen.interface.id, seen.product.id];
  const response = await exchange(getGetInterfaceProductStepsUrl(of, product), {});
  const now = (await response.json()) as SellingProgress;
  // The list carries no version, so what is seen is held against what the version is of.
  if (JSON.stringify(now.steps) !== JSON.stringify(seen.steps)) {
    throw new ProblemError({ ...unreachable(), status: 412, code: 'etag.changed' });
  }
  const version = response.headers.get('etag');
  return await putInterfaceProductStep(of, product, step, body, {
    ...(version === null ? {} : { headers: { 'if-match': version } }),
  });
}
