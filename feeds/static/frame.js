// In a frame: tell the page around it how tall this one is, as often as that changes.
// The origin out there is unknown and a height is no secret. WordPress has a dialect of
// its own, with the secret that it put into the fragment. Whoever makes the frame taller
// for each message, and so the page, is left alone after ten of them in two seconds. A
// page whose script came later asks once more.
(() => {
if (parent === window) return;
const root = document.documentElement, secret = /secret=([\w-]+)/.exec(location.hash);
let last = 0, due = 0, grown = [];
const send = () => {
due = 0;
const height = Math.ceil(root.getBoundingClientRect().height), now = performance.now();
if (Math.abs(height - last) < 2) return;
grown = height > last ? [...grown.filter(at => now - at < 2000), now] : [];
if (grown.length > 10) return watch.disconnect();
last = height;
parent.postMessage({feeds: 1, type: "size", height}, "*");
if (secret) parent.postMessage({message: "height", value: height, secret: secret[1]}, "*");
};
const watch = new ResizeObserver(() => { due = due || requestAnimationFrame(send); });
watch.observe(root);
addEventListener("message", event => {
if (event.source !== parent || !event.data || event.data.type !== "ask") return;
last = 0;
due = due || requestAnimationFrame(send);
});
})();
