// The page of the benches: it has workers, passes questions on to them and takes the time of what crosses.

const workers = new Map();

/** A worker of a side, in the place of the one before. */
function start(side) {
  end(side);
  const worker = new Worker(`${side}.js`);
  const open = new Map();
  worker.onmessage = ({ data: { id, answer, failed } }) => {
    const { resolve, reject } = open.get(id);
    open.delete(id);
    if (failed) reject(new Error(`${side}: ${failed}`));
    else resolve(answer);
  };
  let last = 0;
  const ask = (ask, ...args) =>
    new Promise((resolve, reject) => {
      open.set(++last, { resolve, reject });
      worker.onerror = (event) => reject(new Error(`${side}: ${event.message}`));
      worker.postMessage({ id: last, ask, args });
    });
  workers.set(side, { worker, ask });
}

function end(side) {
  workers.get(side)?.worker.terminate();
  workers.delete(side);
}

const ask = (side, ...question) => workers.get(side).ask(...question);

/** How long each of some questions took, there and back; and how many bytes came. */
async function trips(side, question, all) {
  const [ms, bytes] = [[], []];
  for (const one of all) {
    const began = performance.now();
    const answer = await ask(side, question, one);
    ms.push(performance.now() - began);
    bytes.push(answer.length);
  }
  return { ms, bytes };
}

globalThis.bench = { start, end, ask, trips };
