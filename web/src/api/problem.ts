/** What the node answers when it does not do what it was asked: an RFC 9457 document, or that it is not there. */
export class Problem extends Error {
    constructor(
        readonly status: number, ///< 0: the node did not answer
        readonly reason: string, ///< the stable word
        detail: string,
        readonly errors: readonly { pointer: string; detail: string }[] = [],
        readonly body: Record<string, unknown> = {},
    ) {
        super(detail);
        this.name = "Problem";
    }

    /** What is wrong with one member, if that is what it is about: `problem.of("quantity")`. */
    of(member: string): string | undefined {
        return this.errors.find((e) => e.pointer === `#/${member}`)?.detail;
    }

    get unreachable(): boolean {
        return this.status === 0;
    }
}

export async function problemOf(response: Response): Promise<Problem> {
    const text = await response.text().catch(() => "");
    try {
        const body = JSON.parse(text) as Record<string, unknown>;
        return new Problem(
            response.status,
            String(body.reason ?? response.status),
            String(body.detail ?? body.title ?? response.statusText),
            Array.isArray(body.errors) ? (body.errors as { pointer: string; detail: string }[]) : [],
            body,
        );
    } catch {
        return new Problem(response.status, String(response.status), text.slice(0, 200) || response.statusText);
    }
}

export function asProblem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return new Problem(0, "unreachable", error instanceof Error ? error.message : String(error));
}
