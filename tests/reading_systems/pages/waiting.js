// Waiting for a reader: never for ever, and until what it has laid out stands still.
'use strict';

const PATIENCE = 20_000;  // milliseconds; a chapter opens in a tenth of a second

const within = work => Promise.race([
  work, pause(PATIENCE).then(() => { throw new Error(`not done in ${PATIENCE} ms`); }),
]);

const pause = time => new Promise(done => setTimeout(done, time));

const frame = () => new Promise(requestAnimationFrame);

const until = async holds => { while (!holds()) await frame(); };

const settled = async () => { await frame(); await frame(); };
