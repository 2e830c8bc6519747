import { Command, CommanderError } from 'commander';
import { addImportCommand, saidOf } from '../../src/cli/commands/import';

/** What a command line makes the fields of an upload. */
function fieldsOf(line: string): Record<string, string> {
  const program = new Command();
  addImportCommand(program);
  const [command = program] = program.commands;
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  command.parseOptions(line.split(' ').filter((word) => word !== ''));
  return saidOf(command.opts());
}

test('what is said of the files goes to the API as its fields', () => {
  const fields = fieldsOf(
    '--source CMDB --as-of 2026-11-01 --coverage full --import-policy all_or_nothing --encoding windows-1252 ' +
      '--delimiter tab --header-line 3 --sheet Servers --sheet Disks',
  );

  const { processing_config: settings, ...others } = fields;
  expect(others).toEqual({ source_name: 'CMDB', as_of: '2026-11-01', coverage: 'full' });
  expect(JSON.parse(settings ?? '')).toEqual({
    encoding: 'windows-1252',
    delimiter: '\t',
    header_line: 3,
    sheets: ['Servers', 'Disks'],
    import_policy: 'all_or_nothing',
  });
});

test('who says nothing sends nothing', () => {
  expect(fieldsOf('')).toEqual({});
});

test('a time of day is sent with its offset', () => {
  expect(fieldsOf('--as-of 2026-11-01T08:30:00+02:00')).toEqual({ as_of: '2026-11-01T06:30:00.000Z' });
});

test.each([
  ['--as-of', 'yesterday'],
  ['--as-of', '2026-13-01'],
  ['--as-of', '01.11.2026'],
  ['--coverage', 'some'],
  ['--import-policy', 'most'],
  ['--encoding', 'ebcdic'],
])('%s takes no "%s"', (option, value) => {
  const parse = () => fieldsOf(`${option} ${value}`);

  expect(parse).toThrow(CommanderError);
});
