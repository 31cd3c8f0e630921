import type { UserRole } from '#shared/domain/entities/team.ts';

/** Who a request comes from, read from its access token and checked against the database. */
export interface Session {
  accountId: string;
  username: string;
  name: string;
  role: UserRole;
  /** The book this user works in; null for administrators. */
  bookId: string | null;
  deviceId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication of the route; null before it. */
    session: Session | null;
  }
}
