/** A document the service knows, by its id. Its types are known to the compiler only. */
interface Known<Kind, Result, Variables> {
  readonly kind: Kind;
  readonly name: string;
  /** The SHA-256 of its text: what is sent instead of the text. */
  readonly id: string;
  /** Never there: it ties the types to the value. */
  readonly types?: (variables: Variables) => Result;
}

/** Asks; nothing is changed by it. */
export type Query<Result, Variables> = Known<"query", Result, Variables>;

/** Does one thing. It goes out with a key, so that trying again never does it twice. */
export type Mutation<Result, Variables> = Known<"mutation", Result, Variables>;

/** Either. */
export type AnyDocument = Query<unknown, never> | Mutation<unknown, never>;

/** What the caller gives a mutation: everything but the key, which is ours. */
export type Given<Variables> = Omit<Variables, "idempotencyKey">;

/** What a mutation answers: the one field it has. */
export type Payload<Result> = NonNullable<Result[keyof Result]>;
