// @ts-check
// Where the server's addresses begin: `/`, or what a proxy has put before them.

const HERE = import.meta.url;

/** Ends with a slash. Modules are fetched by way of the same proxy, so their own address tells. */
export const ROOT = HERE.startsWith("http") ? new URL("../../../", HERE).pathname : "/";
