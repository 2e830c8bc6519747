import { DatabaseError } from 'pg';
import { isRetryable, isUniqueViolation, sqlFault } from '../../src/db/connection/sqlstate';

function aDatabaseError(code: string, constraint?: string): DatabaseError {
  const error = new DatabaseError('x', 1, 'error');
  error.code = code;
  error.constraint = constraint;
  return error;
}

test.each([
  ['08006', 'unavailable', true],
  ['57P01', 'unavailable', true],
  ['53300', 'unavailable', true],
  ['53100', 'full', true],
  ['40001', 'contention', true],
  ['40P01', 'contention', true],
  ['57014', 'cancelled', false],
  ['23505', 'unique', false],
  ['23503', 'foreign_key', false],
  ['23514', 'check', false],
  ['23502', 'not_null', false],
  ['22P02', 'invalid_data', false],
  ['42501', 'forbidden', false],
  ['42P01', 'defect', false],
])('SQLSTATE %s means %s', (code, fault, retryable) => {
  const error = aDatabaseError(code);

  expect(sqlFault(error)).toBe(fault);
  expect(isRetryable(error)).toBe(retryable);
});

test('a connection that is refused or lost is an outage', () => {
  expect(sqlFault(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe('unavailable');
  expect(sqlFault(new Error('Connection terminated unexpectedly'))).toBe('unavailable');
});

test('an error of somebody else is none of the database', () => {
  expect(sqlFault(new TypeError('x'))).toBeUndefined();
  expect(sqlFault('x')).toBeUndefined();
  expect(isRetryable(new TypeError('x'))).toBe(false);
});

test('a unique violation is told by its constraint', () => {
  const error = aDatabaseError('23505', 'users_email_unique');

  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, 'users_email_unique')).toBe(true);
  expect(isUniqueViolation(error, 'api_keys_hash_unique')).toBe(false);
});
