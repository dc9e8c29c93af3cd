import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSandbox } from '../../src/sandbox/server.ts';
import { type Answer, readAnswer } from '../support/answer.ts';
import { sic } from '../support/sic.ts';
import { type Run, runExports, searches } from './export-runs.ts';
import { besideIt, changed, cleared, created, manyNew, type Round, together } from './linked-set.ts';
import { type Exchange, type Fault, startRecordingProxy } from './recording-proxy.ts';

const examples = resolve(import.meta.dirname, '../../examples/all');
const order = Object.keys(created);

/** One run of the program: what was asked of it and how it ended. */
export interface ProgramRun {
  readonly argv: string;
  readonly exitCode: number;
  readonly counts: Answer['counts'];
}

export interface Recorded {
  readonly runs: readonly ProgramRun[];
  readonly exchanges: readonly Exchange[];
}

/** Runs the program over everything it can do with rows, through a proxy, and tells all that went over the wire. */
export async function recordEverything(): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), 'sic-contract-'));
  try {
    const own = await recordSet(folder);
    const shipped = await recordExamples(folder);
    return {
      runs: [...own.runs, ...shipped.runs],
      exchanges: [...own.exchanges, ...shipped.exchanges],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A SuperOffice of its own, and a config with two profiles that lead to it: plain, and with user keys in extra fields. */
async function withTenant(
  folder: string,
  config: object,
  work: (run: Run, disturb: (fault: (method: string, path: string) => Fault | null) => void) => Promise<void>,
): Promise<Recorded> {
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  const proxy = await startRecordingProxy(sandbox.url);
  const runs: ProgramRun[] = [];
  try {
    const auth = { type: 'basic', username: sandbox.username, password: { env: 'SIC_PASSWORD' } };
    const plain = { url: proxy.url, rate: 0, auth };
    const keyed = { ...plain, ticketKey: 'x_tickuserkey01', messageKey: 'x_messuserkey01' };
    const profiles = { plain, keyed };
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'sic.config.json'),
      JSON.stringify({ profiles, defaultProfile: 'plain', tickets: { sendMail: true }, ...config }),
    );
    await work(async (...argv) => {
      const env = { SIC_PASSWORD: sandbox.password };
      const { stdout, exitCode } = await sic([...argv, '--json'], { cwd: folder, env });
      runs.push({ argv: argv.join(' '), exitCode, counts: readAnswer(stdout).counts });
      return stdout;
    }, proxy.disturb);
    return { runs, exchanges: proxy.exchanges };
  } finally {
    proxy.close();
    await sandbox.close();
  }
}

function recordSet(parent: string): Promise<Recorded> {
  const folder = join(parent, 'set');
  return withTenant(folder, { documents: { template: 'File' }, searches }, async (run, disturb) => {
    const put = (round: string, files: Round, content: string) => write(join(folder, round), files, content);
    await put('first', created, 'first');
    await put('second', changed, 'second, and longer');
    await put('third', cleared, 'second, and longer');
    await put('keyed', besideIt(created, '-keyed'), 'first');
    await put('lost', besideIt(created, '-lost'), 'first');
    await put('many', manyNew(created, 60), 'first');
    await put('bulk', together('first'), 'first');
    await put('bulk-later', together('second'), 'first');
    const filesOf = (round: string) => order.map(file => join(round, file));

    await run('validate', ...filesOf('first'));
    await run('import', ...filesOf('first'));
    await runExports(run);
    await run('import', ...filesOf('first'));
    await run('import', '--full', ...filesOf('first'));
    await run('import', ...filesOf('second'));
    await run('import', ...filesOf('third'));
    await run('undo', 'last', '--yes');
    await run('import', '--profile', 'keyed', ...filesOf('keyed'));
    await run('validate', '--profile', 'keyed', '--full', ...filesOf('keyed'));
    await run('validate', ...filesOf('many'));
    await run('import', join('bulk', 'companies.json'));
    await run('import', '--strategy', 'bulk', join('bulk-later', 'companies.json'));
    // A SuperOffice that does not know long queries yet (reading.md, section 0, item 17).
    disturb((method, path) => (method === 'POST' && path.startsWith('/v1/Archive/') ? 'refuse' : null));
    await run('validate', ...filesOf('many'));
    disturb(loseOnce());
    await run('import', ...filesOf('lost'));
  });
}

/** The files that ship, with the IntegrationID that they carry. */
function recordExamples(parent: string): Promise<Recorded> {
  const folder = join(parent, 'examples');
  const files = order.map(file => join('all', file.replace('.json', '.csv')));
  return withTenant(folder, { integrationId: '17PS01010001' }, async (run, disturb) => {
    await cp(examples, join(folder, 'all'), { recursive: true });
    const archives = ['all/documents.zip', 'all/attachments.zip'];
    disturb((method, path) => (method === 'POST' && path.startsWith('/v1/ForeignApp/') ? 'lose' : null));
    await run('import', ...files, ...archives);
    disturb(() => null);
    await run('import', '--full', ...files, ...archives);
    await run('undo', 'last', '--delete-created', '--yes');
  });
}

/** Every write of which there may be a second try, but the first of its kind comes to nothing that the program hears of. */
function loseOnce(): (method: string, path: string) => Fault | null {
  const lost = new Set<string>();
  return (method, path) => {
    const kind = `${method} ${path.replace(/\d+/g, 'N')}`;
    const isMail = path.endsWith('/SendTicketMessage');
    if (method === 'GET' || path.startsWith('/v1/Archive/') || isMail || lost.has(kind)) return null;
    lost.add(kind);
    return 'lose';
  };
}

async function write(folder: string, files: Round, content: string): Promise<void> {
  await mkdir(join(folder, 'documents'), { recursive: true });
  await mkdir(join(folder, 'attachments'), { recursive: true });
  for (const [file, rows] of Object.entries(files)) await writeFile(join(folder, file), JSON.stringify(rows));
  await writeFile(join(folder, 'documents/contract.pdf'), `contract: ${content}`);
  await writeFile(join(folder, 'attachments/photo.png'), `photo: ${content}`);
  await writeFile(join(folder, 'attachments/list.csv'), 'a;b\n1;2\n');
}
