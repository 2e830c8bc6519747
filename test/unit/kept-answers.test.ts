import { KeptAnswers } from '../../src/api/kept-answers';
import { WrittenJson } from '../../src/api/route';

const anAnswer = (characters: number, edition = 'first') => ({
  edition,
  answer: new WrittenJson('x'.repeat(characters)),
});

test('the oldest answers are forgotten when texts together grow too long', () => {
  const answers = new KeptAnswers(10);

  for (const key of ['a', 'b', 'c']) answers.keep(key, anAnswer(4));

  expect(['a', 'b', 'c'].map((key) => answers.find(key) !== undefined)).toEqual([false, true, true]);
});

test('a later answer takes the place of the one before, and its length', () => {
  const answers = new KeptAnswers(10);
  answers.keep('a', anAnswer(9));

  answers.keep('a', anAnswer(4, 'second'));
  answers.keep('b', anAnswer(6));

  expect(answers.find('a')?.edition).toBe('second');
  expect(answers.find('b')?.edition).toBe('first');
});

test('an answer that is longer than all of them may be is not kept', () => {
  const answers = new KeptAnswers(10);

  answers.keep('a', anAnswer(11));

  expect(answers.find('a')).toBeUndefined();
});
