/** Who pays for a reseller’s sales, and where they are counted: contacts and accounts. */
import { z } from 'zod';
import type { EditResult } from '../../exchange/house-edit/edit-house.ts';
import type { ContactRow, PendingAccountRow } from '../../exchange/house-edit/partners.ts';
import { listPartners, savePartner } from '../../exchange/house-edit/partners.ts';
import type { ResellerAccount } from '../../exchange/interfaces/reseller-accounts.ts';
import {
  changeAccountOpening,
  listResellerAccounts,
} from '../../exchange/interfaces/reseller-accounts.ts';
import { callerOf } from '../access.ts';
import { etagOf } from '../etag.ts';
import { idSchema, printId, readId } from '../ids.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, minor } from '../route.ts';
import type { Given } from './house-edit.ts';
import {
  codeText,
  editedSchema,
  editFields,
  editOf,
  instantText,
  listOf,
  nameText,
  presentEdit,
  version,
} from './house-edit.ts';

const TAG = { tags: ['house'] };
const config = { action: 'house.write' } as const;
const READ = { action: 'read' } as const;

export function houseAccountRoutes(app: Api, services: RouteServices): void {
  contactRoutes(app, services);
  pendingAccountRoutes(app, services);
  resellerAccountRoutes(app, services);
}

const contactSchema = z
  .object({
    id: idSchema('contact'),
    code: z.string(),
    name: z.string(),
    pendingAccountAuthorised: z.boolean(),
    version,
  })
  .meta({ id: 'Contact' });

function presentContact(row: ContactRow): z.output<typeof contactSchema> {
  const { id, code, name, pending_account_authorised: pendingAccountAuthorised } = row;
  const shown = { id: printId('contact', id), code, name, pendingAccountAuthorised };
  return { ...shown, version: etagOf(row) };
}

function contactRoutes(app: Api, { exchange }: RouteServices): void {
  const fields = { name: nameText, pendingAccountAuthorised: z.boolean() };
  const response = answers(editedSchema(contactSchema).meta({ id: 'ContactSaved' }));
  app.get(
    '/house/contacts',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'Technical contacts, who pay resellers’ orders',
        response: listOf(contactSchema),
      },
    },
    async (request) => {
      const rows = await listPartners(exchange, callerOf(request).organisationId, 'contact');
      return { items: rows.map(presentContact) };
    },
  );
  const change = (of: Given<typeof fields>) => {
    return { name: of.name, pending_account_authorised: of.pendingAccountAuthorised };
  };
  app.post(
    '/house/contacts',
    {
      config,
      schema: {
        ...TAG,
        summary: 'A new technical contact',
        body: z.strictObject({ code: codeText, ...fields, ...editFields }),
        response,
      },
    },
    async (request) => {
      const { code, ...body } = request.body;
      const of = { table: 'contact', id: null, code, change: change(body) } as const;
      return presentEdit(await savePartner(exchange, editOf(request, body), of), presentContact);
    },
  );
  app.patch(
    '/house/contacts/:contact',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Changes a technical contact',
        params: z.object({ contact: idSchema('contact') }),
        body: z.strictObject({ ...z.object(fields).partial().shape, ...editFields }),
        response,
      },
    },
    async (request) => {
      const id = readId('contact', request.params.contact);
      const of = { table: 'contact', id, change: change(request.body) } as const;
      const result = await savePartner(exchange, editOf(request, request.body), of);
      return presentEdit(result, presentContact);
    },
  );
}

const pendingAccountSchema = z
  .object({
    id: idSchema('account'),
    code: z.string(),
    contact: idSchema('contact'),
    currency: z.string(),
    ceilingMinor: z.int().nullable(),
    version,
  })
  .meta({ id: 'PendingAccountSettings' });

function presentPendingAccount(row: PendingAccountRow): z.output<typeof pendingAccountSchema> {
  return {
    id: printId('account', row.id),
    code: row.code,
    contact: printId('contact', row.contact_id),
    currency: row.currency,
    ceilingMinor: row.ceiling_minor,
    version: etagOf(row),
  };
}

function pendingAccountRoutes(app: Api, { exchange }: RouteServices): void {
  const response = answers(editedSchema(pendingAccountSchema).meta({ id: 'PendingAccountSaved' }));
  const contactId = (id: string | undefined) =>
    id === undefined ? undefined : readId('contact', id);
  app.get(
    '/house/pending-accounts',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'Pending accounts as they are set up; their books are under /accounts',
        response: listOf(pendingAccountSchema),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const rows = await listPartners(exchange, organisationId, 'pending_account');
      return { items: rows.map(presentPendingAccount) };
    },
  );
  app.post(
    '/house/pending-accounts',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Opens a pending account',
        body: z.strictObject({
          code: codeText,
          contact: idSchema('contact'),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/)
            .optional(),
          ceilingMinor: minor.min(0).nullable().optional(),
          ...editFields,
        }),
        response,
      },
    },
    async (request) => {
      const { code, contact, currency, ceilingMinor } = request.body;
      const change = {
        contact_id: readId('contact', contact),
        currency,
        ceiling_minor: ceilingMinor,
      };
      const of = { table: 'pending_account', id: null, code, change } as const;
      const result = await savePartner(exchange, editOf(request, request.body), of);
      return presentEdit(result, presentPendingAccount);
    },
  );
  app.patch(
    '/house/pending-accounts/:account',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Gives a pending account to another contact',
        description: 'Its currency is fixed; its ceiling is set with PUT /accounts/…/ceiling.',
        params: z.object({ account: idSchema('account') }),
        body: z.strictObject({ contact: idSchema('contact').optional(), ...editFields }),
        response,
      },
    },
    async (request) => {
      const id = readId('account', request.params.account);
      const change = { contact_id: contactId(request.body.contact) };
      const of = { table: 'pending_account', id, change } as const;
      const result = await savePartner(exchange, editOf(request, request.body), of);
      return presentEdit(result, presentPendingAccount);
    },
  );
}

const resellerAccountSchema = z
  .object({
    id: idSchema('resellerAccount'),
    channel: z.string(),
    account: z.string().describe('What names us at the reseller.'),
    openedAt: instant.nullable().describe('Sales before it make no entry in the ledger.'),
    interfaces: z.array(idSchema('interface')).readonly(),
    booked: z.boolean().describe('Something is booked: its name stays.'),
    version,
  })
  .meta({ id: 'ResellerAccount' });

function presentResellerAccount(row: ResellerAccount): z.output<typeof resellerAccountSchema> {
  return {
    id: printId('resellerAccount', row.id),
    channel: row.channel,
    account: row.account,
    openedAt: row.opened_at,
    interfaces: row.interfaceIds.map((id) => printId('interface', id)),
    booked: row.booked,
    version: etagOf(row),
  };
}

function resellerAccountRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/house/reseller-accounts',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'Accounts at resellers; a new one comes with its first interface',
        response: listOf(resellerAccountSchema),
      },
    },
    async (request) => {
      const rows = await listResellerAccounts(exchange, callerOf(request).organisationId);
      return { items: rows.map(presentResellerAccount) };
    },
  );
  app.patch(
    '/house/reseller-accounts/:resellerAccount',
    {
      config,
      schema: {
        ...TAG,
        summary: 'From when the sales of an account are in our books',
        params: z.object({ resellerAccount: idSchema('resellerAccount') }),
        body: z.strictObject({ openedAt: instantText.nullable(), ...editFields }),
        response: answers(
          editedSchema(resellerAccountSchema).meta({ id: 'ResellerAccountChanged' }),
        ),
      },
    },
    async (request) => {
      const accountId = readId('resellerAccount', request.params.resellerAccount);
      const { openedAt } = request.body;
      const edit = editOf(request, request.body);
      const result: EditResult<ResellerAccount> = await changeAccountOpening(exchange, edit, {
        accountId,
        openedAt,
      });
      return presentEdit(result, presentResellerAccount, {
        fields: { account_opened: 'openedAt' },
      });
    },
  );
}
