// Tells the stories in the given files, one after the other, in one process and one browser.
//
//   node --test-reporter=spec tests/stories/tell.mjs <file> …
//
// `node --test <file> …` tells them too, each file in a process of its own.
import { pathToFileURL } from "node:url";

for (const file of process.argv.slice(2)) await import(pathToFileURL(file));
