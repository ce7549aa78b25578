/** How a command says that it did not do what was asked. */

/** The command was called wrongly: told with the usage, exit code 2. */
export class UsageError extends Error {}

/** What was asked cannot be done: told as it is, exit code 1. */
export class Refusal extends Error {}

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EROFS: 'its disk can only be read',
  ENOSPC: 'its disk is full',
};

/** Reads or writes a file; what hinders it is a Refusal that names the file. */
export async function onDisk<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const why = FILE_TROUBLE[code] ?? message;
    throw new Refusal(`${file}: ${why}. Check the name, or choose another file.`);
  }
}
