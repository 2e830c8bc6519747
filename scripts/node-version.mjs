/** Ends the process with a clear text on a Node.js that is too old; import it before anything else. */
const OLDEST = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(`Surveyor needs Node.js ${OLDEST.join('.')} or newer; this is ${process.version}.\n`);
  process.exit(1);
}
