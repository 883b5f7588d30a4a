// Starts the program. A file of its own, because the page's security policy allows no inline script;
// the hashed names of what it starts stand on its own element.
// The theme that somebody chose, before the first paint.
document.documentElement.dataset.theme = localStorage.getItem("headwater.theme") ?? "auto";
const { dataset } = document.querySelector("script[data-wasm]");
const { default: start } = await import(dataset.script);
await start({ module_or_path: dataset.wasm });
