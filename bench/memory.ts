const megabyte = 1024 * 1024;
const sampleEveryMs = 20;

export interface ResourceUse {
  readonly seconds: number;
  /** CPU of this process, without that of the servers. */
  readonly cpuSeconds: number;
  readonly idleMegabytes: number;
  readonly peakMegabytes: number;
}

/** Runs `work` and says what it took of this process; memory is the resident set, sampled. */
export async function measureUse<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly use: ResourceUse }> {
  const idleMegabytes = process.memoryUsage.rss() / megabyte;
  let peakMegabytes = idleMegabytes;
  const sampler = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, process.memoryUsage.rss() / megabyte);
  }, sampleEveryMs);
  const startCpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  try {
    const result = await work();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const { user, system } = process.cpuUsage(startCpu);
    peakMegabytes = Math.max(peakMegabytes, process.memoryUsage.rss() / megabyte);
    return { result, use: { seconds, cpuSeconds: (user + system) / 1e6, idleMegabytes, peakMegabytes } };
  } finally {
    clearInterval(sampler);
  }
}
