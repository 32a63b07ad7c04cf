// What is nicer with a script: buttons that copy, and a builder that shows at once what
// is chosen. Without it every page works. It asks nobody but this server.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  document.body.append(status);

  // Copying: beside every address and every code to be copied.

  const copy = async source => {
    const isField = "value" in source;
    try {
      await navigator.clipboard.writeText(isField ? source.value : source.textContent);
      return words.copied;
    } catch {
      // Only secure sites may do that: on others the text is selected, as by hand.
      if (isField) source.select();
      else getSelection().selectAllChildren(source);
      return document.execCommand("copy") ? words.copied : words.hand;
    }
  };

  const answer = async (button, source) => {
    const said = await copy(source);
    status.textContent = button.firstChild.data = said;
    setTimeout(() => {
      button.firstChild.data = words.copy;
      status.textContent = "";
    }, 2500);
  };

  const addButtons = root => {
    for (const source of root.querySelectorAll("[data-copy], input[readonly]")) {
      const button = document.createElement("button");
      const name = source.dataset.copy || source.ariaLabel || source.labels[0].textContent;
      button.type = "button";
      button.className = "copy";
      const which = document.createElement("span");
      which.className = "vh";
      which.textContent = `: ${name}`;
      button.append(words.copy, which);
      button.addEventListener("click", () => answer(button, source));
      (source.closest("pre") || source).after(button);
    }
  };
  addButtons(document);

  // The builder: the server makes preview and code, here they are put in their places.

  const form = document.querySelector("form[data-builder]");
  const preview = document.querySelector("[data-preview]");
  if (!form || !preview) return;
  const { width, height, lang, accent } = form.elements;
  const palette = document.getElementById("palette");
  const problem = document.getElementById("problem");
  let timer = 0, turn = 0, measured = 0;

  const address = () => {
    const given = [...new FormData(form)].filter(([, value]) => value);
    if (measured && !height.value) given.push(["measured", measured]);
    return `${form.action}?${new URLSearchParams(given)}`;
  };

  const later = (wait = 300) => {
    clearTimeout(timer);
    timer = setTimeout(refresh, wait);
  };

  // A response that the browser itself makes a document: no text becomes markup here.
  const refresh = () => {
    if (!form.checkValidity()) return;
    const asked = ++turn, request = new XMLHttpRequest();
    request.open("GET", address());
    request.responseType = "document";
    request.onload = () => asked === turn && request.response && show(request);
    request.send();
  };

  const show = ({ status, response }) => {
    problem.hidden = status === 200;
    if (status !== 200) {
      problem.textContent = (response.querySelector(".why") || response.body).textContent;
      return;
    }
    const stops = one => [...one.querySelectorAll("a, button, summary, pre")];
    for (const fresh of response.querySelectorAll("[data-live]")) {
      const old = document.getElementById(fresh.id);
      for (const detail of fresh.querySelectorAll("details")) {
        const before = document.getElementById(detail.id);
        if (before) detail.open = before.open;
      }
      const at = stops(old).indexOf(document.activeElement);
      old.replaceWith(document.adoptNode(fresh));
      addButtons(fresh);
      if (at >= 0) stops(fresh)[at]?.focus({ preventScroll: true });
    }
    history.replaceState(null, "", document.getElementById("permalink").href);
    const source = response.querySelector("[data-preview]").getAttribute("src");
    if (source !== preview.getAttribute("src")) preview.src = source;
  };

  const resize = () => {
    const isWidest = width.value === width.max;
    preview.width = isWidest ? "100%" : width.value;
    width.setAttribute("aria-valuetext", isWidest ? "100 %" : `${width.value} px`);
  };

  addEventListener("message", ({ data, source }) => {
    const isSize = source === preview.contentWindow && data && data.feeds === 1 && data.type === "size";
    if (!isSize || !Number.isFinite(data.height)) return;
    const tall = Math.min(6000, Math.max(120, Math.ceil(data.height)));
    preview.height = tall;
    if (tall === measured) return;
    measured = tall;
    later();
  });
  // The frame may have been here first: it tells its height again when it is asked.
  preview.contentWindow.postMessage({ feeds: 1, type: "ask" }, "*");

  // The slider belongs to the form, and stands beside the preview.
  document.addEventListener("input", event => {
    if (event.target.form !== form) return;
    if (event.target === width) resize();
    if (event.target === palette) accent.value = palette.value;
    if (event.target === accent && accent.validity.valid && accent.value) palette.value = `#${accent.value.replace("#", "")}`;
    later();
  });
  // Another language changes the whole page.
  lang.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", event => {
    if (event.submitter) {
      event.preventDefault();
      later(0);
    }
  });
  document.addEventListener("click", event => {
    const stop = event.target.closest("[data-width]");
    if (!stop || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    width.value = stop.dataset.width;
    resize();
    later(0);
  });
  palette.hidden = false;
})();
