// What `cargo xtask bench` runs: ours and the libraries that a map would use else, in one headless
// Chromium, in turns.
//
//   node crates/bench/js/bench.mjs [words of a bench's name] …
import { changes } from "./benches/changes.mjs";
import { memory } from "./benches/memory.mjs";
import { queries } from "./benches/queries.mjs";
import { reading } from "./benches/reading.mjs";
import { second } from "./benches/second.mjs";
import { tiles } from "./benches/tiles.mjs";
import { view } from "./benches/view.mjs";
import { write } from "./lib/document.mjs";
import { House } from "./lib/house.mjs";

const BENCHES = { reading, second, tiles, queries, changes, memory, view };

const words = process.argv.slice(2);
const wanted = Object.entries(BENCHES).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
if (wanted.length === 0) {
  console.error(`no bench is called ${words.join(" ")}; there are ${Object.keys(BENCHES).join(", ")}`);
  process.exit(1);
}

const house = await House.open();
try {
  for (const [name, bench] of wanted) {
    console.log(`\n▸ ${name}`);
    const figures = await bench(house);
    write(name, figures, { words, names: Object.keys(BENCHES), browser: house.version });
  }
} finally {
  await house.close();
}
