/* What axe-core judges of a page by, as one text: elements, attributes, styles that hang on them, which texts
   and controls there are. Not the words: of two pages that differ only in these it says the same. Ids keep
   their references and doublets, whatever record they name; rows that are alike count once or as several. */
() => {
  const numbers = new Map();
  const numbered = (value) => value.trim().split(/\s+/).map((one) => {
    if (!numbers.has(one)) numbers.set(one, numbers.size);
    return numbers.get(one);
  }).join(" ");
  const IDS = new Set(["id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns",
    "aria-details", "aria-errormessage", "aria-activedescendant", "headers", "list", "form"]);
  const WORDS = new Set(["value", "src", "action", "formaction", "content", "datetime", "title", "alt",
    "placeholder", "aria-label", "name", "nonce", "d", "x", "y", "width", "height", "points", "cx", "cy"]);
  const attribute = ({ name, value }) => {
    if (IDS.has(name)) return `${name}=${numbered(value)}`;
    if (name === "href") return value.startsWith("#") ? `href=#${numbered(value.slice(1))}` : "href";
    if (WORDS.has(name) || name.startsWith("data-") || name.startsWith("hx-")) {
      return value.trim() ? name : `${name}=`;
    }
    return `${name}=${value}`;
  };
  const state = (element) => {
    const said = [];
    if (element.checked) said.push("checked");
    if (element.disabled) said.push("disabled");
    if (element === document.activeElement) said.push("focus");
    if (element.matches("a, button, input, select, textarea, summary, [tabindex], [role]")) {
      const { width, height } = element.getBoundingClientRect();
      said.push(width === 0 || height === 0 ? "unseen" : width < 24 || height < 24 ? "small" : "large");
    }
    return said.join(" ");
  };
  const shape = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.trim();
      return text.length > 1 ? "text" : text ? "sign" : "";
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const inside = [];
    for (const child of node.childNodes) {
      const one = shape(child);
      if (!one) continue;
      if (inside.at(-1) === one) inside.push("again");
      else if (inside.at(-1) !== "again" || inside.at(-2) !== one) inside.push(one);
    }
    const attributes = [...node.attributes].map(attribute).sort().join(" ");
    return `<${node.localName} ${attributes} ${state(node)}>${inside.join("")}</>`;
  };
  return shape(document.documentElement);
}
