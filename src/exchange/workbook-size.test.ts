import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { bombOf } from '../../tests/support/workbook-bomb.ts';
import { assertSmallWorkbook, UNPACKED_BYTES_MAX } from './workbook-size.ts';

describe('the size of a workbook', () => {
  it('lets an ordinary one through', async () => {
    const file = await writeExcelFile([[{ value: 'x', type: String }]]).toBuffer();
    await expect(assertSmallWorkbook(file)).resolves.toBeUndefined();
  });

  it('stops at what is unpacked, whatever the file says of it', async () => {
    const few = bombOf(1_000);
    await expect(assertSmallWorkbook(few)).resolves.toBeUndefined();
    const bomb = bombOf(UNPACKED_BYTES_MAX + 1);
    await expect(assertSmallWorkbook(bomb)).rejects.toThrow(RangeError);
  });

  it('refuses what is no archive, or is cut off', async () => {
    const file = await writeExcelFile([[{ value: 'x', type: String }]]).toBuffer();
    for (const bytes of [Buffer.alloc(0), Buffer.from('PK no workbook'), file.subarray(0, -30)]) {
      await expect(assertSmallWorkbook(bytes)).rejects.toThrow();
    }
  });
});
