/**
 * The columns of each sheet, read off the schema of its lines: an object inside a line becomes one
 * column for each of its keys (`names.fr`), open settings are columns `config.…`.
 */
import { z } from 'zod';
import type { SheetName } from '../../domain/house/file.ts';
import { DAY, INSTANT, LOCAL_TIME, TIME } from './columns.ts';
import { organisationSchema, SHEETS } from './sheets.ts';

export type CellKind =
  | 'text'
  | 'number'
  | 'amount'
  | 'flag'
  | 'list'
  | 'people'
  | 'day'
  | 'time'
  | 'local_time'
  | 'instant'
  | 'settings';

export interface SheetColumn {
  /** Dotted inside an object. */
  key: string;
  kind: CellKind;
}

interface JsonSchema {
  type?: string;
  pattern?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

const KINDS: ReadonlyMap<string, CellKind> = new Map([
  [DAY.source, 'day'],
  [TIME.source, 'time'],
  [LOCAL_TIME.source, 'local_time'],
  [INSTANT.source, 'instant'],
]);

function columnsOf(schema: z.ZodType): SheetColumn[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  return Object.entries(properties).flatMap(([key, property]) => columnsOfKey(key, property));
}

function columnsOfKey(key: string, property: JsonSchema): SheetColumn[] {
  const schema = withoutNull(property);
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([inner, one]) =>
      columnsOfKey(`${key}.${inner}`, one),
    );
  }
  return [{ key, kind: kindOf(schema) }];
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const others = schema.anyOf?.filter((one) => one.type !== 'null') ?? [];
  return others.length === 1 && others[0] !== undefined ? others[0] : schema;
}

function kindOf(schema: JsonSchema): CellKind {
  if (schema.anyOf !== undefined) return 'amount';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'object') return 'settings';
  if (schema.type === 'array') return schema.items?.properties ? 'people' : 'list';
  return KINDS.get(schema.pattern ?? '') ?? 'text';
}

export const WORKBOOK: ReadonlyMap<SheetName | 'organisation', readonly SheetColumn[]> = new Map([
  ['organisation' as const, columnsOf(organisationSchema)],
  ...Object.entries(SHEETS).map(([name, schema]) => {
    return [name as SheetName, columnsOf(schema)] as const;
  }),
]);
