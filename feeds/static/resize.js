// Beside a widget's iframe: make it as tall as it says it is. What is told by anything
// but a frame of ours is not heard; a sandboxed frame has no origin to go by.
(() => {
  "use strict";
  const home = new URL(document.currentScript.src).origin + "/embed/";
  const frames = () => [...document.querySelectorAll("iframe")].filter(frame => frame.src.startsWith(home));
  addEventListener("message", ({ data, source }) => {
    if (!data || data.feeds !== 1 || data.type !== "size" || !Number.isFinite(data.height)) return;
    const frame = frames().find(one => one.contentWindow === source);
    if (frame) frame.style.height = `${Math.min(6000, Math.max(120, Math.ceil(data.height)))}px`;
  });
  // One that was here first has told its height already: it is asked to tell it again.
  for (const frame of frames()) frame.contentWindow.postMessage({ feeds: 1, type: "ask" }, "*");
})();
