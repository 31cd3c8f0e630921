import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PROTOCOL, syncErrorBody } from '#shared/sync/protocol.ts';
import { allRoutes, type RouteDoc } from './route-docs.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

const parametersOf = ({ path, query }: RouteDoc): Json[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const { properties = {}, required = [] } = query
    ? (schemaOf(query, 'input') as { properties?: Json; required?: string[] })
    : {};
  return [
    ...inPath,
    ...Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    })),
  ];
};

const contentOf = (type: string | undefined, schema: Json | undefined): Json | undefined => {
  if (schema) return { [type ?? 'application/json']: { schema } };
  return type
    ? { [type]: { schema: { type: 'string', ...(type !== 'text/plain' && { format: 'binary' }) } } }
    : undefined;
};

const operationOf = (route: RouteDoc): Json => {
  const { method, path, tag, summary, signedIn, body, bodyType, answer, answerType } = route;
  const parameters = parametersOf(route);
  const request = contentOf(bodyType, body && schemaOf(body, 'input'));
  const content = contentOf(answerType, answer && schemaOf(answer, 'output'));
  return {
    operationId: `${method} ${path}`.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, ''),
    tags: [tag],
    summary,
    security: signedIn === false ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(request && { requestBody: { required: true, content: request } }),
    responses: {
      '2XX': { description: 'Done', ...(content && { content }) },
      default: {
        description: 'Refused; docs/spec/sync.md says what each code means',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
};

/** The OpenAPI document of all routes, made from the schemas that check the messages. */
export const openApiDocument = (): Json => {
  const paths: Record<string, Json> = {};
  for (const route of allRoutes())
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Visitbook server',
      version: `${PROTOCOL.max}`,
      summary: 'Sync of laptops, and administration',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: {
      schemas: { Error: schemaOf(syncErrorBody, 'output') },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};

/** Serves the document to whoever reaches the server: it holds nothing but the interface. */
export const registerOpenApi = (app: FastifyInstance): void => {
  let document: Json | undefined;
  app.get('/v1/openapi.json', () => {
    document ??= openApiDocument();
    return document;
  });
};
