/** Builds elements; every value gets in as text or attribute, never as markup. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const child of children.flat()) {
    if (child != null) element.append(child);
  }
  return element;
}

export function show(...children) {
  document.getElementById('page').replaceChildren(...children);
}

export function say(text) {
  document.getElementById('polite').textContent = text;
}

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
