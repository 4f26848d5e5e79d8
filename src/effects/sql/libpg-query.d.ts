/** The package describes its wrapper, not the WebAssembly under it, which alone can be made anew after a trap. */
declare module 'libpg-query/wasm/libpg-query.js' {
  export default function create(): Promise<unknown>;
}
