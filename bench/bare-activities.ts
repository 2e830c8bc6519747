export const bareActivities = {
  doNothing: (step: number): Promise<number> => Promise.resolve(step),
};
