import * as fc from 'fast-check';

// One seed for every run, so that a run says the same twice; another explores:
// SURVEYOR_TEST_SEED=7 npx jest --selectProjects unit
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env['SURVEYOR_TEST_SEED'] ?? 20_260_101),
});

export { fc };
