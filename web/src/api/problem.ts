import type { components } from './generated/schema';

export type Reason = components['schemas']['ProblemReason'];

/** A failure as RFC 9457 states it; `code` is stable and leads to the words that we say for it. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly reasons: readonly Reason[];

  constructor(status: number, code: string, detail: string, reasons: readonly Reason[] = []) {
    super(detail);
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.reasons = reasons;
  }

  /** Nothing came back at all. */
  static unreachable(cause: unknown): ProblemError {
    const problem = new ProblemError(0, 'unreachable', cause instanceof Error ? cause.message : '');
    problem.cause = cause;
    return problem;
  }

  static async of(response: Response): Promise<ProblemError> {
    const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
    const body: unknown = isProblem ? await response.json().catch(() => null) : null;
    const said = typeof body === 'object' && body !== null ? (body as Partial<components['schemas']['ApiProblem']>) : {};
    return new ProblemError(
      response.status,
      said.code ?? `http-${response.status}`,
      said.detail ?? said.title ?? '',
      said.errors ?? [],
    );
  }
}
