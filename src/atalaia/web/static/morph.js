// Makes an element look like another one by changing as little as possible, so that focus, selection, scroll
// position and what somebody is typing stay as they are.

export function morph(now, wanted) {
  copyAttributes(now, wanted);
  const keyed = new Map();
  for (const child of now.children) {
    const key = keyOf(child);
    if (key) keyed.set(key, child);
  }
  let place = now.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    const known = key ? keyed.get(key) : undefined;
    if (known && known.nodeName === next.nodeName) {
      keyed.delete(key);
      if (known === place) place = place.nextSibling;
      else now.insertBefore(known, place);
      update(known, next);
    } else if (!key && place && !keyOf(place) && place.nodeName === next.nodeName) {
      const current = place;
      place = place.nextSibling;
      update(current, next);
    } else {
      now.insertBefore(next, place);
    }
  }
  while (place) {
    const rest = place;
    place = place.nextSibling;
    rest.remove();
  }
}

function update(current, next) {
  if (current.nodeType !== Node.ELEMENT_NODE) {
    if (current.nodeValue !== next.nodeValue) current.nodeValue = next.nodeValue;
  } else if (!current.isEqualNode(next)) {
    morph(current, next);
  }
}

function copyAttributes(now, wanted) {
  for (const { name, value } of [...wanted.attributes]) {
    if (now.getAttribute(name) !== value && !isReaders(now, name)) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (!wanted.hasAttribute(name) && !isReaders(now, name)) now.removeAttribute(name);
  }
}

// What the reader has set and a new version of the page must not undo.
function isReaders(element, attribute) {
  return element.nodeName === "DETAILS" && attribute === "open";
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key || node.id : "";
}
