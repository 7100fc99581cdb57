// Before anything is drawn: the theme that was chosen, and what may become markup.
(() => {
  const theme = localStorage.getItem('pacewire.theme');
  if (theme) document.documentElement.dataset.theme = theme;
  if (!window.trustedTypes) return;
  // What Leaflet writes to find out what a browser can do; everything else with a tag in it is refused.
  const leaflet = new Set(['<svg/>', '<v:shape adj="1"/>']);
  trustedTypes.createPolicy('default', {
    createHTML: text => (leaflet.has(text) || !/[<&]/.test(text) ? text : null),
    createScriptURL: url => (/^\/assets\/vendor\/[\w.-]+\.js$/.test(url) ? url : null),
  });
})();
