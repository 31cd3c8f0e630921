import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';
import { devicesAnswer, handoverDetail, handoversAnswer, overviewAnswer } from '#shared/sync/team.ts';
import { defineFeature, type EffectContext, type QueryContext } from '../../feature.ts';
import { connectionOf, myUserId } from '../../sync/connection.ts';
import { asShown } from '../../sync/fault.ts';
import type { WireRequest } from '../../sync/transport.ts';
import { customersOf, itemOf, nameOf } from './local.ts';
import { changesOf, fetchQuarantine, itemOfEdit } from './quarantine.ts';

const ok = { ok: true } as const;
const empty = z.object({});

/** Asks the server what the page waits for. @throws AppError as the page shows it */
const ask = async <Schema extends z.ZodType>(
  { sync }: Pick<QueryContext, 'sync'>,
  request: WireRequest,
  schema: Schema,
): Promise<z.output<Schema>> => {
  try {
    return await sync.server.call(request, schema);
  } catch (error) {
    throw asShown(error);
  }
};

const get = <Schema extends z.ZodType>(context: QueryContext, path: string, schema: Schema) =>
  ask(context, { method: 'GET', path }, schema);

const post = async (context: QueryContext, path: string, body: object = {}): Promise<typeof ok> => {
  await ask(context, { method: 'POST', path, body }, empty);
  return ok;
};

const told = ({ emit }: EffectContext): void => emit({ event: 'changed', changes: [{ entity: 'team' }] });

/** The team as its leader sees it, customers that change hands, and the devices of a user. All of it asks the server. */
export const team = defineFeature({
  queries: {
    'team.overview': (_input, context) => get(context, '/v1/team/overview', overviewAnswer),
    'team.quarantine': async (_input, context) => {
      const edits = await fetchQuarantine(context.sync.server).catch((error) => {
        throw asShown(error);
      });
      return { items: edits.map((edit) => itemOfEdit(context.db, edit)) };
    },
    'team.handovers': async (_input, context) => {
      const { handovers } = await get(context, '/v1/team/handovers', handoversAnswer);
      const me = myUserId(context.db);
      return {
        handovers: handovers.map((one) => ({
          ...one,
          fromName: nameOf(context.db, one.fromId),
          toName: nameOf(context.db, one.toId),
          mySide: one.fromId === me ? ('from' as const) : one.toId === me ? ('to' as const) : null,
        })),
      };
    },
    'team.handoverItems': ({ id }, context) => get(context, `/v1/team/handovers/${id}`, handoverDetail),
    'team.handoverPreview': ({ customerIds }, { db, now }) => ({
      items: customerIds.map((id) => itemOf(db, id, now().toISOString())).filter((item) => item !== null),
    }),
    'team.customersOf': ({ userId }, { db }) => ({ customers: customersOf(db, userId) }),
    'sync.devices': async (_input, context) => {
      const { devices } = await get(context, '/v1/devices', devicesAnswer);
      const own = connectionOf(context.db)?.deviceId;
      return { devices: devices.map((device) => ({ ...device, thisOne: device.id === own })) };
    },
  },
  effects: {
    'team.settleQuarantine': async ({ id, as }, context) => {
      const { book, commandId, at, db, sync } = context;
      const edits = await fetchQuarantine(sync.server).catch((error) => {
        throw asShown(error);
      });
      const edit = edits.find((one) => one.id === id);
      if (!edit) throw new AppError('not_found');
      if (edit.settledAs !== null) throw new AppError('conflict');
      const value = { commandId, id: edit.mutation.id };
      // first into the book, then the note: what is lost in between is only the note
      if (as === 'applied')
        book.commit({
          commandId,
          name: 'team.settleQuarantine',
          changes: changesOf(db, edit),
          result: value,
          at,
          actor: 'me',
        });
      await post(context, `/v1/team/quarantine/${id}/settle`, { as });
      told(context);
      return value;
    },
    'team.createHandover': async (input, context) => {
      await post(context, '/v1/team/handovers', { id: uuid(), ...input });
      told(context);
      return ok;
    },
    'team.confirmHandover': async ({ id }, context) => {
      await post(context, `/v1/team/handovers/${id}/confirm`);
      told(context);
      context.sync.touch();
      return ok;
    },
    'team.cancelHandover': async ({ id }, context) => {
      await post(context, `/v1/team/handovers/${id}/cancel`);
      told(context);
      return ok;
    },
    'sync.revokeDevice': async ({ id }, context) => {
      await post(context, `/v1/devices/${id}/revoke`);
      told(context);
      return ok;
    },
  },
});
