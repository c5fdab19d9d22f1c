// Makes an element look like another one by changing as little as possible, so that focus, selection, scroll
// position and what somebody is typing stay as they are.

export function morph(now, wanted) {
  copyAttributes(now, wanted);
  const staying = new Set([...wanted.children].map(keyOf));
  const keyed = new Map();
  for (const child of [...now.children]) {
    const key = keyOf(child);
    if (key && !staying.has(key)) child.remove(); // first, so that what stays need not be moved past it
    else if (key) keyed.set(key, child);
  }
  let place = now.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    const known = key ? keyed.get(key) : undefined;
    if (known && known.nodeName === next.nodeName) {
      keyed.delete(key);
      while (place && place !== known && !keyOf(place)) place = dropped(place); // in the way of one that may stay
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
  while (place) place = dropped(place);
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
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
