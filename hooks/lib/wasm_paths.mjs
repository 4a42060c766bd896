// Where the sources of the libraries lay on the machine that compiled them. It stands in the program
// for a message when it panics, and is nothing to whoever reads that.

/** `/rustc/<commit>/library/core/src/str.rs`, `…/registry/src/<host>/leptos-0.8.23/src/lib.rs` */
const PATHS = /\/(?:rustc\/[0-9a-f]{40}|[\w./-]+?\/registry\/src\/[\w.-]+)\/[\w./+-]+?\.rs/g;

/** The module with nothing in their place that takes room when it is compressed; of our own files the names stay. */
export const withoutPaths = (module) => Buffer.from(module.toString("latin1").replace(PATHS, (path) => "/".repeat(path.length)), "latin1");
